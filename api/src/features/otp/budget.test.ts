import { schema, type Database } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anApi, type Api, type Credentials } from '../../../../test/support/api.ts'
import { aClock } from '../../../../test/support/clock.ts'
import { aDatabase } from '../../../../test/support/database.ts'
import { contextOf } from '../../../../test/support/deps.ts'
import { anOtpSubject, type OtpSubject } from '../../../../test/support/otp.ts'
import { reserveAttempt } from './attempt.ts'

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

const attempt = async (login: string, pin: string, code: string) => {
  const json = { login, pin, code, source: api.deps.random.uuid() }
  return (await api.request('/v1/otp/verifications', { method: 'POST', as: portal, json })).status
}

/** What a process does before it dies: the attempt is taken, nothing follows. */
const dieAfterReserving = async (subject: OtpSubject) => {
  const { reserved } = await reserveAttempt(contextOf(api.deps), {
    target: { holderId: subject.holderId },
    channel: 'self_service',
    source: { id: 'somewhere', allowed: 30 },
  })
  return reserved !== null
}

const stateOf = async (subject: OtpSubject) => {
  const [key] = await db.asOwner((tx) =>
    tx.select().from(schema.otpKey).where(eq(schema.otpKey.id, subject.keyId)),
  )
  return key?.state
}

describe('budget of attempts when a process dies', () => {
  it('keeps the attempt counted', async () => {
    const subject = await anOtpSubject(api.deps)
    for (let death = 1; death <= 5; death += 1) expect(await dieAfterReserving(subject)).toBe(true)
    expect(await attempt(subject.login, subject.pin, subject.hotp())).toBe(401)
    clock.advance(31_000)
    expect(await attempt(subject.login, subject.pin, subject.hotp())).toBe(204)
  })

  it('locks the key at the next attempt when the last one died before it could', async () => {
    const subject = await anOtpSubject(api.deps)
    for (let death = 1; death <= 10; death += 1) {
      expect(await dieAfterReserving(subject)).toBe(true)
      clock.advance(death < 10 ? 601_000 : 0)
    }
    expect(await attempt(subject.login, subject.pin, subject.hotp())).toBe(401)
    expect(await stateOf(subject), 'the last attempt may still be under way').toBe('active')
    clock.advance(31_000)
    expect(await attempt(subject.login, subject.pin, subject.hotp())).toBe(401)
    expect(await stateOf(subject)).toBe('locked')
    const moves = await db.asOwner((tx) =>
      tx.select().from(schema.keyTransition).where(eq(schema.keyTransition.keyId, subject.keyId)),
    )
    expect(moves).toMatchObject([{ transition: 'lock', fromState: 'active', toState: 'locked' }])
  })
})

describe('logins that the database cannot store', () => {
  it('are refused like any unknown login: no answer would make a RADIUS front look dead', async () => {
    const subject = await anOtpSubject(api.deps)
    expect(await attempt(`${subject.login}\0`, subject.pin, subject.hotp())).toBe(401)
    expect(await attempt('\0', '\0', '\0')).toBe(401)
    expect(await attempt('\ud800', '4071', '000000')).toBe(401)
    const radius = await api.request('/v1/otp/radius', {
      method: 'POST',
      as: portal,
      json: {
        'User-Name': { type: 'string', value: ['a\0b'] },
        'User-Password': { type: 'string', value: ['4071\u0000000000'] },
        'Calling-Station-Id': { type: 'string', value: ['\0'] },
      },
    })
    expect(radius.status).toBe(401)
  })
})
