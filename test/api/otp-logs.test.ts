import { Writable } from 'node:stream'
import { codeAt } from '@vigie/api/features/otp/codes.ts'
import type { Database } from '@vigie/db'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anApi, PASSWORD, type Api, type Credentials } from '../support/api.ts'
import { aClock } from '../support/clock.ts'
import { aDatabase } from '../support/database.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { aKeyPerson, giveTemporaryPassword } from '../support/key-person.ts'
import { pskcOf } from '../support/pskc.ts'

const NEW_PIN = '8302'
const TEMPORARY = '31415926'
const SOURCE = '198.51.100.77'
const SEED = new TextEncoder().encode('graine-des-essais-01')
const BASE32 = 'M5ZGC2LOMUWWIZLTFVSXG43BNFZS2MBR'

let db: Database
const lines: string[] = []
const log = pino(
  { level: 'trace', base: null },
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(...chunk.toString('utf8').split('\n').filter(Boolean))
      done()
    },
  }),
)
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

/** A database that fails as soon as an attempt is to be taken, with all that it was given in its words. */
const without = (whole: Database): Database => ({
  ...whole,
  verification: {
    run: (statement, values) => {
      if (!statement.includes('reserved as')) return whole.verification.run(statement, values)
      const failure = Object.assign(new Error(`duplicate key (${values.map(String).join(', ')})`), {
        code: '23505',
        detail: `Key (login)=(${String(values[1])}) already exists.`,
        parameters: values,
      })
      return Promise.reject(failure)
    },
  },
})

/** What the log holds beside what the process drew or measured: digits there mean nothing. */
function wordsOf(line: string): string {
  const { time: _, requestId: __, durationMs: ___, ...rest } = JSON.parse(line) as Record<string, unknown>
  return JSON.stringify(rest)
}

async function importKeys(api: Api, as: Credentials): Promise<void> {
  const form = new FormData()
  const xml = pskcOf([{ serial: 'ESSAI-JOURNAUX', type: 'hotp', seed: SEED, digits: 6 }])
  form.set('file', new File([xml], 'cles.pskc.xml'))
  form.set('academie', '98')
  form.set('password', 'mot-de-passe-du-conteneur')
  form.set('preSharedKey', '00112233445566778899aabbccddeeff')
  expect((await api.request('/v1/keys/imports', { method: 'POST', as, body: form })).status).toBeLessThan(500)
}

describe('the log at its most talkative', () => {
  it('holds no seed, PIN, code, password, token, login or address, whatever went right or wrong', async () => {
    const clock = aClock()
    const api = anApi(db, { clock, log })
    const away = anApi(without(db), { clock, log })
    await anEtablissement().inCirconscription('0991001A').insert(db)
    const portal = await api.token('otp:verify', { kind: 'academie', code: '98' })
    const person = await aKeyPerson(api)
    const { subject } = person
    const other = anApi(db, {
      ...{ clock, log },
      config: { ...api.deps.config, masterKey: new Uint8Array(32).fill(9) },
    })
    const post = async (to: Api, path: string, as: Credentials, json: unknown, headers = {}) =>
      (await to.request(path, { method: 'POST', as, json, headers })).status
    const relay = (to: Api, code: string, headers = {}) =>
      post(
        to,
        '/v1/otp/verifications',
        portal,
        { login: subject.login, pin: subject.pin, code, source: SOURCE },
        headers,
      )
    const key = { 'Idempotency-Key': 'cle-idempotence-secrete-1' }

    expect(await relay(api, subject.hotp(1), key)).toBe(204)
    expect(await relay(api, subject.hotp(1), key)).toBe(204)
    expect(await relay(api, subject.hotp(2), key)).toBe(409)
    expect(await relay(api, '000000')).toBe(401)
    expect(await relay(away, subject.hotp(3))).toBe(503)
    expect(await relay(other, subject.hotp(3))).toBe(503)
    expect(
      await post(api, '/v1/otp/radius', portal, {
        'User-Name': { value: [subject.login] },
        'User-Password': { value: [`${subject.pin}${subject.hotp(4)}`] },
        'Calling-Station-Id': { value: [SOURCE] },
      }),
    ).toBe(204)
    const pair = [subject.hotp(7), subject.hotp(8)]
    expect(await post(api, '/v1/me/key/resynchronisation', person.session, { codes: pair })).toBe(200)
    const change = { currentPin: subject.pin, code: subject.hotp(9), pin: NEW_PIN }
    expect(await post(api, '/v1/me/key/pin', person.session, change)).toBe(200)
    expect(await post(api, '/v1/sessions/code', person.pending, { code: subject.hotp(10) })).toBe(204)
    await giveTemporaryPassword(api, subject.holderId, TEMPORARY)
    const relayed = { login: subject.login, pin: NEW_PIN, code: TEMPORARY, source: SOURCE }
    expect(await post(api, '/v1/otp/verifications', portal, relayed)).toBe(204)
    const broken = await api.request(`/v1/otp/verifications?pin=${subject.pin}&login=${subject.login}`, {
      method: 'POST',
      as: { ...portal, 'Content-Type': 'application/json' },
      body: `{"login":"${subject.login}","pin":"${subject.pin}","code":"${subject.hotp(11)}"`,
    })
    expect(broken.status).toBe(422)
    expect(
      await post(api, '/v1/otp/verifications', portal, { login: 7, pin: subject.pin, code: [TEMPORARY] }),
    ).toBe(422)
    const unknown = { Authorization: 'Bearer jeton-inconnu-secret' }
    expect(await post(api, '/v1/otp/verifications', unknown, relayed)).toBe(401)
    const diaser = await api.signIn('diaser', { kind: 'academie', code: '98' })
    await importKeys(api, diaser)
    expect((await api.enter(person.account, `${PASSWORD} faux`)).status).toBe(401)

    expect(lines.length).toBeGreaterThan(15)
    expect(lines.join('\n'), 'the database being away is logged').toContain('request failed')
    const bearers = [portal, person.session, person.pending, diaser].flatMap((credentials) =>
      Object.values(credentials),
    )
    const secrets = [
      ...[subject.login, person.account, SOURCE, PASSWORD, TEMPORARY, 'mot-de-passe-du-conteneur'],
      ...['00112233445566778899aabbccddeeff', 'cle-idempotence-secrete-1', 'jeton-inconnu-secret'],
      ...[
        Buffer.from(SEED).toString('hex'),
        Buffer.from(SEED).toString('base64'),
        BASE32,
        'graine-des-essais-01',
      ],
      ...bearers.map((value) => value.replace(/^Bearer |^[^=]+=/, '')),
      ...Array.from({ length: 12 }, (_, counter) => subject.hotp(counter)),
      ...Array.from({ length: 3 }, (_, counter) => codeAt({ ...TOKEN, seed: SEED }, counter)),
    ]
    const told = lines.map(wordsOf)
    for (const secret of secrets)
      expect(
        told.filter((line) => line.includes(secret)),
        secret,
      ).toEqual([])
    for (const pin of [subject.pin, NEW_PIN])
      expect(
        told.filter((line) => new RegExp(`(?<![\\d.:])${pin}(?!\\d)`).test(line)),
        pin,
      ).toEqual([])
  })
})

const TOKEN = { type: 'hotp', algorithm: 'SHA1', digits: 6, period: null, counter: 0, drift: 0 } as const
