import { createServer, type AddressInfo, type Server } from 'node:net'
import type { Deps } from '@vigie/api/context'
import { startServer, type RunningServer } from '@vigie/api/server'
import { openVerificationPath, rowsOf, schema, type Database } from '@vigie/db'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openToken } from '../support/account.ts'
import { aDatabase } from '../support/database.ts'
import { depsOn } from '../support/deps.ts'
import { anOtpSubject, type OtpSubject, type SubjectOptions } from '../support/otp.ts'
import { aRadiusServer, type RadiusServer } from './freeradius.ts'
import { aPacket, aRadiusSocket, radclient } from './radius-client.ts'

let db: Database
let deps: Deps
let token: string
let vigie: RunningServer
let radius: RadiusServer
const typed: string[] = []

beforeAll(async () => {
  db = await aDatabase()
  deps = depsOn(db)
  token = await openToken(deps, 'otp:verify', { kind: 'academie', code: '98' })
  vigie = await startServer(deps, { port: 0, host: '127.0.0.1' })
  radius = await aRadiusServer(vigie.url, token)
})
afterAll(async () => {
  await radius?.close()
  await vigie?.close()
  await db?.close()
})

const aHolder = (options: SubjectOptions = {}) => anOtpSubject(deps, options)

/** The password as typed; kept, to look for it in the logs. */
const password = (subject: OtpSubject, code = subject.hotp()): string => {
  typed.push(`${subject.pin}${code}`, code)
  return `${subject.pin}${code}`
}
let stations = 0
const send = (login: string, given: string, server = radius) =>
  radclient(server.port, { login, password: given, callingStation: `192.0.2.${(stations += 1)}` })

const failuresOf = async ({ holderId }: OtpSubject) => {
  const [row] = await db.transact({ role: 'vigie_worker' }, (tx) =>
    tx
      .select({ failures: schema.otpCredential.failCount })
      .from(schema.otpCredential)
      .where(eq(schema.otpCredential.holderId, holderId)),
  )
  return row?.failures
}
const acceptedOf = async ({ holderId }: OtpSubject) =>
  rowsOf<{ count: number }>(
    await db.asOwner((tx) =>
      tx.execute(
        sql`select count(*)::int as count from journal_entry where subject_id = ${holderId} and action = 'otp.accepted'`,
      ),
    ),
  )[0]?.count

describe('FreeRADIUS in front of Vigie', () => {
  it('accepts the code personnel followed by the code of the key', async () => {
    const subject = await aHolder()
    expect(await send(subject.login, password(subject))).toBe('accept')
    expect(await send(subject.login.toUpperCase(), password(subject, subject.hotp(1)))).toBe('accept')
  })

  it('accepts TOTP and codes of eight digits', async () => {
    const totp = await aHolder({ type: 'totp', algorithm: 'SHA256' })
    expect(await send(totp.login, password(totp, totp.totp()))).toBe('accept')
    const long = await aHolder({ digits: 8 })
    expect(await send(long.login, password(long))).toBe('accept')
  })

  it('rejects a wrong PIN, a wrong code, a replay and an unknown login', async () => {
    const subject = await aHolder()
    expect(await send(subject.login, `0000${subject.hotp()}`)).toBe('reject')
    expect(await send(subject.login, password(subject, subject.hotp(40)))).toBe('reject')
    expect(await failuresOf(subject)).toBe(2)
    expect(await send(subject.login, password(subject))).toBe('accept')
    expect(await send(subject.login, password(subject))).toBe('reject')
    expect(await send('personne.inconnue', '4071123456')).toBe('reject')
  })

  it('rejects and counts a password of another shape', async () => {
    const shapes = ['4071', '407112345', '4071 123456', '40711234567890123', 'é'.repeat(20), 'x'.repeat(128)]
    for (const shape of shapes) {
      const subject = await aHolder()
      expect(await send(subject.login, shape), JSON.stringify(shape)).toBe('reject')
      expect(await failuresOf(subject), JSON.stringify(shape)).toBe(1)
    }
  })

  it('rejects bytes that are no text', async () => {
    const subject = await aHolder()
    const socket = aRadiusSocket()
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x22, 0x7d, 0x0a, 0x80])
    expect(await socket.send(radius.port, aPacket(subject.login, bytes))).toBe('reject')
    expect(await failuresOf(subject)).toBe(1)
    expect(await socket.send(radius.port, aPacket(subject.login, ''))).toBe('reject')
    expect(await failuresOf(subject)).toBe(2)
    expect(await socket.send(radius.port, aPacket(bytes, password(subject)))).toBe('reject')
    socket.close()
  })

  it('reads a User-Name that imitates JSON as a name', async () => {
    const subject = await aHolder()
    const names = [
      `x"]},"User-Name":{"type":"string","value":["${subject.login}"]},"y":{"value":["`,
      `${subject.login}"],"value":["`,
      `${subject.login}\\`,
      `%{User-Password}`,
      `${subject.login}\u0000`,
    ]
    const socket = aRadiusSocket()
    for (const name of names)
      expect(await socket.send(radius.port, aPacket(name, password(subject))), name).toBe('reject')
    socket.close()
    expect(await failuresOf(subject)).toBe(0)
  })

  it('rejects a request without a password', async () => {
    const subject = await aHolder()
    expect(await radclient(radius.port, { login: subject.login })).toBe('reject')
  })

  it('does not answer a request that is not signed', async () => {
    const subject = await aHolder()
    const request = { login: subject.login, password: password(subject), signed: false, seconds: 2 }
    expect(await radclient(radius.port, request)).toBe('silence')
    expect(await acceptedOf(subject)).toBe(0)
  })

  it('gives the same packet the same answer, here or on a second server, and consumes one code', async () => {
    const second = await aRadiusServer(vigie.url, token)
    const socket = aRadiusSocket()
    const subject = await aHolder()
    const packet = aPacket(subject.login, password(subject))
    expect(await socket.send(radius.port, packet)).toBe('accept')
    expect(await socket.send(radius.port, packet)).toBe('accept')
    expect(await socket.send(second.port, packet)).toBe('accept')
    expect(await acceptedOf(subject)).toBe(1)
    expect(await socket.send(second.port, aPacket(subject.login, password(subject)))).toBe('reject')
    const wrong = aPacket(subject.login, '4071000000')
    expect(await socket.send(radius.port, wrong)).toBe('reject')
    expect(await socket.send(second.port, wrong)).toBe('reject')
    expect(await failuresOf(subject)).toBe(2)
    socket.close()
    await second.close()
  })
})

describe('FreeRADIUS when Vigie cannot tell', () => {
  const silentBehind = async (url: string, bearer = token) => {
    const front = await aRadiusServer(url, bearer)
    const subject = await aHolder()
    try {
      const [right, wrong] = await Promise.all([
        send(subject.login, password(subject), front),
        send(subject.login, '4071000000', front),
      ])
      return { right, wrong, failures: await failuresOf(subject) }
    } finally {
      await front.close()
    }
  }
  const SILENT = { right: 'silence', wrong: 'silence', failures: 0 }

  it('says nothing while the database is away', async () => {
    const nowhere = openVerificationPath('postgres://vigie@127.0.0.1:1/vigie')
    const away = depsOn({ ...db, verification: nowhere })
    const stranded = await startServer(away, { port: 0, host: '127.0.0.1' })
    try {
      expect(await silentBehind(stranded.url)).toEqual(SILENT)
    } finally {
      await stranded.close()
      await nowhere.close()
    }
  })

  it('says nothing while Vigie is down, and answers when it is back', async () => {
    const first = await startServer(deps, { port: 0, host: '127.0.0.1' })
    const front = await aRadiusServer(first.url, token)
    const subject = await aHolder()
    await first.close()
    expect(await send(subject.login, password(subject), front)).toBe('silence')
    const back = await startServer(deps, { port: first.port, host: '127.0.0.1' })
    try {
      expect(await send(subject.login, password(subject), front)).toBe('accept')
    } finally {
      await front.close()
      await back.close()
    }
  })

  it('says nothing when Vigie is too slow', async () => {
    const mute: Server = createServer(() => {})
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
    try {
      expect(await silentBehind(`http://127.0.0.1:${(mute.address() as AddressInfo).port}`)).toEqual(SILENT)
    } finally {
      mute.close()
    }
  })

  it('says nothing to a token that may not verify', async () => {
    const other = await openToken(deps, 'evidence:write', { kind: 'academie', code: '98' })
    expect(await silentBehind(vigie.url, other)).toEqual(SILENT)
  })
})

describe('FreeRADIUS’s log', () => {
  it('holds neither a password, nor a code, nor the token', () => {
    const log = radius.log()
    expect(log).toContain('Ready to process requests')
    for (const secret of [...typed, token]) expect(log).not.toContain(secret)
  })
})
