import { schema, type Database } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anApi, type Api, type Credentials } from '../../../../test/support/api.ts'
import { aClock } from '../../../../test/support/clock.ts'
import { aDatabase } from '../../../../test/support/database.ts'
import { contextOf } from '../../../../test/support/deps.ts'
import { anOtpSubject, type OtpSubject } from '../../../../test/support/otp.ts'
import { macTemporary } from '../../secrets/pin.ts'
import { keyringOf } from '../../secrets/keyring.ts'
import { proveCode } from './prove.ts'
import { resynchronise } from './resynchronise.ts'

let db: Database
let api: Api
let portal: Credentials
const clock = aClock()

beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db, { clock })
  portal = await api.token('otp:verify', { kind: 'academie', code: '98' })
})
afterAll(() => db.close())

let person = 0
const send = (subject: { login: string; pin: string }, code: string, headers: Record<string, string> = {}) =>
  api.request('/v1/otp/verifications', {
    method: 'POST',
    as: portal,
    headers,
    json: { login: subject.login, pin: subject.pin, code, source: `192.0.2.${(person += 1)}` },
  })
const status = async (subject: { login: string; pin: string }, code: string) =>
  (await send(subject, code)).status

const credentialOf = async (subject: OtpSubject) => {
  const [row] = await db.transact({ role: 'vigie_worker' }, (tx) =>
    tx.select().from(schema.otpCredential).where(eq(schema.otpCredential.holderId, subject.holderId)),
  )
  return row!
}
const entriesOf = (subject: OtpSubject) =>
  db.asOwner((tx) =>
    tx.select().from(schema.journalEntry).where(eq(schema.journalEntry.subjectId, subject.holderId)),
  )

describe('HOTP', () => {
  it('accepts the next code once', async () => {
    const subject = await anOtpSubject(api.deps)
    expect(await status(subject, subject.hotp())).toBe(204)
    expect(await status(subject, subject.hotp())).toBe(401)
    expect(await status(subject, subject.hotp(1))).toBe(204)
  })

  it('looks ten counters ahead and never back', async () => {
    const subject = await anOtpSubject(api.deps)
    expect(await status(subject, subject.hotp(11))).toBe(401)
    expect(await status(subject, subject.hotp(10))).toBe(204)
    expect(await status(subject, subject.hotp(9))).toBe(401)
  })
})

describe('TOTP', () => {
  it('accepts one step on either side of the expected one, once each, never going back', async () => {
    for (const steps of [-1, 0, 1]) {
      const subject = await anOtpSubject(api.deps, { type: 'totp' })
      expect(await status(subject, subject.totp(steps)), `${steps}`).toBe(204)
      expect(await status(subject, subject.totp(steps)), `${steps} again`).toBe(401)
    }
    const subject = await anOtpSubject(api.deps, { type: 'totp' })
    expect(await status(subject, subject.totp(2))).toBe(401)
    expect(await status(subject, subject.totp(-2))).toBe(401)
    expect(await status(subject, subject.totp(1))).toBe(204)
    expect(await status(subject, subject.totp(0))).toBe(401)
  })

  it('follows a token whose clock drifts', async () => {
    const subject = await anOtpSubject(api.deps, { type: 'totp' })
    expect(await status(subject, subject.totp(1))).toBe(204)
    clock.advance(60_000)
    expect(await status(subject, subject.totp(2))).toBe(204)
  })
})

describe('PIN', () => {
  it('must be right, and set', async () => {
    const subject = await anOtpSubject(api.deps)
    expect(await status({ ...subject, pin: '4072' }, subject.hotp())).toBe(401)
    expect(await status(subject, subject.hotp())).toBe(204)
    const unset = await anOtpSubject(api.deps, { pin: null })
    expect(await status({ ...unset, pin: '' }, unset.hotp())).toBe(401)
  })

  it('is kept under the current pepper as soon as it is typed', async () => {
    const before = anApi(db, { clock, config: { ...api.deps.config, masterKey: new Uint8Array(32).fill(1) } })
    const subject = await anOtpSubject(before.deps)
    const after = {
      ...api.deps,
      config: { ...api.deps.config, formerMasterKeys: [new Uint8Array(32).fill(1)] },
    }
    const { pepperId } = await credentialOf(subject)
    const proof = { holderId: subject.holderId, pin: subject.pin, channel: 'self_service' } as const
    expect(await proveCode(contextOf(after), { ...proof, code: subject.hotp() })).toBe(true)
    const renewed = await credentialOf(subject)
    expect(renewed.pepperId).toBe(keyringOf(after.config).current.id)
    expect(renewed.pepperId).not.toBe(pepperId)
    expect(await proveCode(contextOf(after), { ...proof, code: subject.hotp(1) })).toBe(true)
  })
})

describe('budget of attempts', () => {
  it('pauses the key after five failures, longer after each, and a success clears it', async () => {
    const subject = await anOtpSubject(api.deps)
    for (let failure = 1; failure <= 5; failure += 1) expect(await status(subject, '000000')).toBe(401)
    expect(await status(subject, subject.hotp())).toBe(401)
    expect((await credentialOf(subject)).failCount).toBe(5)
    clock.advance(31_000)
    expect(await status(subject, '000000')).toBe(401)
    clock.advance(31_000)
    expect(await status(subject, subject.hotp())).toBe(401)
    clock.advance(30_000)
    expect(await status(subject, subject.hotp())).toBe(204)
    expect(await credentialOf(subject)).toMatchObject({ failCount: 0, pausedUntil: null })
  })

  it('locks the key at the tenth failure, once, with its trace', async () => {
    const subject = await anOtpSubject(api.deps)
    for (let failure = 1; failure <= 12; failure += 1) {
      expect(await status(subject, '000000')).toBe(401)
      clock.advance(601_000)
    }
    expect(await status(subject, subject.hotp())).toBe(401)
    expect(await credentialOf(subject)).toMatchObject({ failCount: 10, active: false })
    const [key] = await db.asOwner((tx) =>
      tx.select().from(schema.otpKey).where(eq(schema.otpKey.id, subject.keyId)),
    )
    expect(key?.state).toBe('locked')
    const moves = await db.asOwner((tx) =>
      tx.select().from(schema.keyTransition).where(eq(schema.keyTransition.keyId, subject.keyId)),
    )
    expect(moves).toMatchObject([{ transition: 'lock', fromState: 'active', toState: 'locked' }])
  })

  it('counts what is no code at all', async () => {
    const subject = await anOtpSubject(api.deps)
    for (const code of ['', 'abcdef', '12345', '1234567', '١٢٣٤٥٦'])
      expect(await status(subject, code)).toBe(401)
    expect((await credentialOf(subject)).failCount).toBe(5)
  })

  it('counts under every spelling of the login', async () => {
    const subject = await anOtpSubject(api.deps, { login: 'é.porteur' })
    for (const login of ['É.PORTEUR', ' é.porteur ', 'é.porteur', 'E\u0301.Porteur', 'é.Porteur']) {
      expect(await status({ ...subject, login }, '000000')).toBe(401)
    }
    expect((await credentialOf(subject)).failCount).toBe(5)
  })
})

describe('resynchronisation', () => {
  const codes = (subject: OtpSubject, ahead: number) =>
    [subject.hotp(ahead), subject.hotp(ahead + 1)] as const
  const resync = (subject: OtpSubject, ahead: number) =>
    resynchronise(contextOf(api.deps), {
      holderId: subject.holderId,
      codes: codes(subject, ahead),
      channel: 'assistance',
    })

  it('finds the token again from two codes in a row, within a thousand', async () => {
    const subject = await anOtpSubject(api.deps)
    expect(await resync(subject, 1_001)).toBe(false)
    expect(await resync(subject, 500)).toBe(true)
    expect(await status(subject, subject.hotp(501))).toBe(401)
    expect(await status(subject, subject.hotp(502))).toBe(204)
  })

  it('consumes both codes and cannot be replayed', async () => {
    const subject = await anOtpSubject(api.deps)
    expect(await resync(subject, 20)).toBe(true)
    expect(await resync(subject, 20)).toBe(false)
    expect((await credentialOf(subject)).failCount).toBe(1)
  })

  it('learns the drift of a token’s clock', async () => {
    const subject = await anOtpSubject(api.deps, { type: 'totp' })
    const pair = [subject.totp(400), subject.totp(401)] as const
    const input = { holderId: subject.holderId, codes: pair, channel: 'assistance' } as const
    expect(await resynchronise(contextOf(api.deps), input)).toBe(true)
    clock.advance(30_000)
    expect(await status(subject, subject.totp(401))).toBe(204)
  })
})

describe('limited-time password', () => {
  it('serves until it ends, beside the PIN, and dies with the key', async () => {
    const subject = await anOtpSubject(api.deps)
    const temporary = {
      temporaryMac: macTemporary(keyringOf(api.deps.config), subject.holderId, '31415926'),
      temporaryUntil: new Date(clock.now().getTime() + 3_600_000),
    }
    await db.transact({ role: 'vigie_worker' }, (tx) =>
      tx
        .update(schema.otpCredential)
        .set(temporary)
        .where(eq(schema.otpCredential.holderId, subject.holderId)),
    )
    expect(await status(subject, '31415926')).toBe(204)
    expect(await status(subject, '31415926')).toBe(204)
    expect(await status({ ...subject, pin: '0001' }, '31415926')).toBe(401)
    expect(await status(subject, '31415927')).toBe(401)
    const proof = { holderId: subject.holderId, pin: null, code: '31415926' }
    expect(await proveCode(contextOf(api.deps), { ...proof, channel: 'sign_in' })).toBe(true)
    expect(await proveCode(contextOf(api.deps), { ...proof, channel: 'self_service' })).toBe(false)
    clock.advance(3_600_000)
    expect(await status(subject, '31415926')).toBe(401)
  })
})

describe('idempotency', () => {
  it('gives the first answer again to the same request, and no second acceptance to another', async () => {
    const subject = await anOtpSubject(api.deps)
    const key = { 'Idempotency-Key': 'cle-0123456789' }
    const json = { login: subject.login, pin: subject.pin, code: subject.hotp(), source: '192.0.2.250' }
    const call = (body: object, headers = key) =>
      api.request('/v1/otp/verifications', { method: 'POST', as: portal, headers, json: body })
    expect((await call(json)).status).toBe(204)
    expect((await call(json)).status).toBe(204)
    expect((await call({ ...json, code: subject.hotp(1) })).status).toBe(409)
    expect((await call(json, { 'Idempotency-Key': 'autre-0123456789' })).status).toBe(401)
    clock.advance(61_000)
    expect((await call(json)).status).toBe(401)
    expect((await entriesOf(subject)).filter(({ action }) => action === 'otp.accepted')).toHaveLength(1)
  })
})

describe('service accounts', () => {
  it('verify the holders of their académie and no other', async () => {
    const elsewhere = await anOtpSubject(api.deps, { academie: '97', departement: '971' })
    expect(await status(elsewhere, elsewhere.hotp())).toBe(401)
    const other = await api.token('metrics:read', { kind: 'academie', code: '98' })
    const refused = await api.request('/v1/otp/verifications', {
      method: 'POST',
      as: other,
      json: { login: 'x', pin: '', code: '' },
    })
    expect(refused.status).toBe(403)
  })
})

describe('journal', () => {
  it('holds every verification with its reason, and nothing that was typed', async () => {
    const subject = await anOtpSubject(api.deps)
    await send(subject, '000000')
    await send(subject, subject.hotp())
    const entries = await entriesOf(subject)
    expect(entries.map(({ action }) => action)).toEqual(['otp.rejected', 'otp.accepted'])
    expect(entries[0]?.details).toEqual({ channel: 'http', reason: 'bad_code' })
    const text = JSON.stringify(entries.map(({ details }) => details))
    for (const secret of [subject.login, subject.pin, subject.hotp()])
      expect(text).not.toContain(`"${secret}"`)
  })

  it('tells a code that served already from a wrong one, whichever the token', async () => {
    const reasonsOf = async (subject: OtpSubject) =>
      (await entriesOf(subject)).map(({ details }) => (details as { reason?: string }).reason ?? 'accepted')
    const hotp = await anOtpSubject(api.deps)
    for (const code of [hotp.hotp(4), hotp.hotp(4), hotp.hotp(3)]) await send(hotp, code)
    expect(await reasonsOf(hotp)).toEqual(['accepted', 'replay', 'bad_code'])
    const totp = await anOtpSubject(api.deps, { type: 'totp' })
    for (const code of [totp.totp(0), totp.totp(0), totp.totp(5)]) await send(totp, code)
    expect(await reasonsOf(totp)).toEqual(['accepted', 'replay', 'bad_code'])
  })
})

describe('RADIUS', () => {
  const radius = (login: string, password: string) =>
    api.request('/v1/otp/radius', {
      method: 'POST',
      as: portal,
      json: {
        'User-Name': { type: 'string', value: [login] },
        'User-Password': { type: 'string', value: [password] },
        'Calling-Station-Id': { type: 'string', value: [`192.0.2.${(person += 1)}`] },
      },
    })

  it('takes the PIN and the code stuck together', async () => {
    const subject = await anOtpSubject(api.deps)
    expect((await radius(subject.login, `${subject.pin}${subject.hotp()}`)).status).toBe(204)
    expect((await radius(subject.login, `${subject.pin}${subject.hotp()}`)).status).toBe(401)
    expect((await radius(subject.login, `${subject.pin} ${subject.hotp(1)}`)).status).toBe(401)
    expect((await radius(subject.login, `${subject.hotp(1)}`)).status).toBe(401)
    expect((await credentialOf(subject)).failCount).toBe(3)
  })
})
