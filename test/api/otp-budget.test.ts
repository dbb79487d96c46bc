import { schema, type Database } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anApi, type Api, type Credentials } from '../support/api.ts'
import { aClock } from '../support/clock.ts'
import { aDatabase } from '../support/database.ts'
import { aKeyPerson, giveTemporaryPassword, type KeyPerson } from '../support/key-person.ts'

let db: Database
let api: Api
let portal: Credentials
let assistance: Credentials
const clock = aClock()

beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db, { clock })
  portal = await api.token('otp:verify', { kind: 'academie', code: '98' })
  assistance = await api.signIn('assistance', { kind: 'academie', code: '98' })
})
afterAll(() => db.close())

const post = async (path: string, as: Credentials, json: object) =>
  (await api.request(path, { method: 'POST', as, json })).status
const source = () => api.deps.random.uuid()
const attribute = (value: string) => ({ type: 'string', value: [value] })

type Present = (person: KeyPerson, counter: number | null) => Promise<number>

/** The code of that counter, or one that no counter of the window gives. */
const codeOf = ({ subject }: KeyPerson, counter: number | null) =>
  counter === null ? '000000' : subject.hotp(counter)

/** Every way to present a code; null presents a wrong one. */
const PATHS: Readonly<Record<string, Present>> = {
  'HTTP API': (person, counter) =>
    post('/v1/otp/verifications', portal, {
      ...{ login: person.subject.login, pin: person.subject.pin },
      ...{ code: codeOf(person, counter), source: source() },
    }),
  RADIUS: (person, counter) =>
    post('/v1/otp/radius', portal, {
      'User-Name': attribute(person.subject.login),
      'User-Password': attribute(`${person.subject.pin}${codeOf(person, counter)}`),
      'Calling-Station-Id': attribute(source()),
    }),
  'limited-time password': async (person, counter) => {
    await giveTemporaryPassword(api, person.subject.holderId, '31415926')
    return post('/v1/otp/verifications', portal, {
      ...{ login: person.subject.login, pin: person.subject.pin, source: source() },
      code: counter === null ? '27182818' : '31415926',
    })
  },
  'sign-in': (person, counter) =>
    post('/v1/sessions/code', person.pending, { code: codeOf(person, counter) }),
  'change of PIN': (person, counter) =>
    post('/v1/me/key/pin', person.session, {
      ...{ currentPin: person.subject.pin, code: codeOf(person, counter), pin: '8302' },
    }),
  'resynchronisation by the holder': (person, counter) =>
    post('/v1/me/key/resynchronisation', person.session, {
      codes: counter === null ? ['000000', '000000'] : [codeOf(person, counter), codeOf(person, counter + 1)],
    }),
  'resynchronisation by the help desk': (person, counter) =>
    post(`/v1/holders/${person.subject.holderId}/assistance`, assistance, {
      ...{ action: 'resynchronise', calledBack: true },
      codes: counter === null ? ['000000', '000000'] : [codeOf(person, counter), codeOf(person, counter + 1)],
    }),
}

const failuresOf = async ({ subject }: KeyPerson) => {
  const [row] = await db.transact({ role: 'vigie_worker' }, (tx) =>
    tx.select().from(schema.otpCredential).where(eq(schema.otpCredential.holderId, subject.holderId)),
  )
  return row?.failCount
}
const isAccepted = (status: number) => status < 300

describe('one budget of attempts', () => {
  it.each(Object.keys(PATHS))('opens through %s to the right code', async (path) => {
    const person = await aKeyPerson(api)
    expect(isAccepted(await PATHS[path]!(person, 1))).toBe(true)
    expect(await failuresOf(person)).toBe(0)
  })

  it.each(Object.keys(PATHS))('is spent by five failures through %s, for every other path', async (path) => {
    const person = await aKeyPerson(api)
    for (let failure = 1; failure <= 5; failure += 1) {
      expect(isAccepted(await PATHS[path]!(person, null))).toBe(false)
      expect(await failuresOf(person)).toBe(failure)
    }
    for (const [other, present] of Object.entries(PATHS))
      expect(isAccepted(await present(person, 1)), other).toBe(false)
    expect(await failuresOf(person)).toBe(5)
    clock.advance(31_000)
    expect(isAccepted(await PATHS['HTTP API']!(person, 1))).toBe(true)
  })

  it('is spent by one failure through each of five paths', async () => {
    const person = await aKeyPerson(api)
    for (const path of ['HTTP API', 'RADIUS', 'sign-in', 'change of PIN', 'resynchronisation by the holder'])
      expect(isAccepted(await PATHS[path]!(person, null)), path).toBe(false)
    expect(await failuresOf(person)).toBe(5)
    expect(isAccepted(await PATHS['HTTP API']!(person, 1))).toBe(false)
  })
})
