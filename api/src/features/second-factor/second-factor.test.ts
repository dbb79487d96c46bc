import { schema, type Database, type Perimeter } from '@vigie/db'
import type { Role } from '@vigie/db/schema'
import { eq } from 'drizzle-orm'
import { generateSync } from 'otplib'
import { crypto } from '@otplib/plugin-crypto-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openAccount } from '../../../../test/support/account.ts'
import { anApi, cookieOf, PASSWORD, type Api, type Credentials } from '../../../../test/support/api.ts'
import { aClock } from '../../../../test/support/clock.ts'
import { aDatabase } from '../../../../test/support/database.ts'
import { contextOf, depsOn } from '../../../../test/support/deps.ts'
import { anEtablissement } from '../../../../test/support/etablissement.ts'
import { anOtpSubject } from '../../../../test/support/otp.ts'
import { COMMAND_LINE } from '../../access/actor.ts'
import { STRONG_ROLES } from '../../access/permissions.ts'
import { pendingFactor } from './pending-factor.ts'
import { recoverSecondFactor } from './recover.ts'

let db: Database
let api: Api
const clock = aClock()
const ACADEMIE: Perimeter = { kind: 'academie', code: '98' }
let opened = 0

beforeAll(async () => {
  db = await aDatabase()
  const { config } = depsOn(db)
  api = anApi(db, { clock, config: { ...config, strongRoles: STRONG_ROLES } })
})
afterAll(() => db.close())

async function aPerson(role: Role, perimeter = ACADEMIE) {
  const login = `${role}.${(opened += 1)}`
  const id = await openAccount(api.deps, { login, password: PASSWORD, grants: [{ role, perimeter }] })
  return { id, login, as: { Cookie: cookieOf(await api.enter(login, PASSWORD)) } satisfies Credentials }
}

const me = async (as: Credentials) =>
  (await (await api.request('/v1/me', { as })).json()) as { pending: string | null; permissions: string[] }
const post = (path: string, as: Credentials, json: object = {}) =>
  api.request(path, { method: 'POST', as, json })
const again = async (login: string): Promise<Credentials> => ({
  Cookie: cookieOf(await api.enter(login, PASSWORD)),
})

const codeOf = (secret: string) =>
  generateSync({
    secret: secret.replaceAll(' ', ''),
    strategy: 'totp',
    epoch: clock.now().getTime() / 1_000,
    crypto,
  })

/** Takes up a software key; out: its secret, and the session that results. */
async function enrol(as: Credentials): Promise<{ secret: string; as: Credentials }> {
  const { secret } = (await (await post('/v1/me/software-key', as)).json()) as { secret: string }
  const answer = await post('/v1/me/software-key/activation', as, {
    code: codeOf(secret),
    callBackNumber: '05 00 00 00 00',
  })
  expect(answer.status).toBe(204)
  return { secret, as: { Cookie: cookieOf(answer) } }
}

describe('what a password leaves to do', () => {
  it('asks for the code of a key in use, whatever the role', () => {
    for (const state of ['active', 'paused', 'locked'] as const) {
      expect(pendingFactor(state, false)).toBe('code')
      expect(pendingFactor(state, true)).toBe('code')
    }
  })

  it('never lets a withdrawn key open the way to a new one, nor to a password alone', () => {
    for (const state of ['lost', 'stolen', 'broken', 'revoked'] as const) {
      expect(pendingFactor(state, true)).toBe('code')
      expect(pendingFactor(state, false)).toBe('code')
    }
  })

  it('asks nothing of who has no key in use, when the role does not', () => {
    for (const state of [null, 'initialised', 'handed_over'] as const) {
      expect(pendingFactor(state, false)).toBeNull()
      expect(pendingFactor(state, true)).toBe('enrolment')
    }
  })
})

describe('sign-in with a key', () => {
  it('lets a head of school in with a password alone', async () => {
    const { as } = await aPerson('porteur')
    expect((await me(as)).pending).toBeNull()
  })

  it.each(STRONG_ROLES)('gives %s nothing before a key is taken up', async (role) => {
    const perimeter: Perimeter = role === 'osp' ? { kind: 'departement', code: '991' } : ACADEMIE
    const { as } = await aPerson(role, perimeter)
    expect(await me(as)).toMatchObject({ pending: 'enrolment', permissions: [] })
    expect((await api.request('/v1/catalogue', { as })).status).toBe(403)
    const strong = await enrol(as)
    expect((await me(strong.as)).pending).toBeNull()
    expect((await api.request('/v1/catalogue', { as: strong.as })).status).toBe(200)
    expect((await api.request('/v1/me', { as })).status).toBe(401)
  })

  it('asks for a code at each sign-in, takes each code once, and changes the session’s value', async () => {
    const person = await aPerson('rssi')
    const { secret } = await enrol(person.as)
    const waiting = await again(person.login)
    expect((await me(waiting)).pending).toBe('code')
    expect((await api.request('/v1/catalogue', { as: waiting })).status).toBe(403)
    expect((await post('/v1/sessions/code', waiting, { code: codeOf(secret) })).status).toBe(401)
    clock.advance(30_000)
    const answer = await post('/v1/sessions/code', waiting, { code: codeOf(secret) })
    expect(answer.status).toBe(204)
    expect((await api.request('/v1/me', { as: waiting })).status).toBe(401)
    expect((await me({ Cookie: cookieOf(answer) })).pending).toBeNull()
  })

  it('takes the codes of a hardware key as well, and shares its budget', async () => {
    const person = await aPerson('porteur')
    const subject = await anOtpSubject(api.deps, { accountId: person.id })
    const waiting = await again(person.login)
    for (let failure = 0; failure < 5; failure += 1) {
      expect((await post('/v1/sessions/code', waiting, { code: '000000' })).status).toBe(401)
    }
    expect((await post('/v1/sessions/code', waiting, { code: subject.hotp() })).status).toBe(401)
    clock.advance(31_000)
    expect((await post('/v1/sessions/code', waiting, { code: subject.hotp() })).status).toBe(204)
  })

  it('lets who cannot show a code report the key, and gains nothing by it', async () => {
    const person = await aPerson('chef_etablissement', {
      kind: 'etablissement',
      code: await anEtablissement().insert(db),
    })
    await anOtpSubject(api.deps, { accountId: person.id })
    const waiting = await again(person.login)
    expect((await api.request('/v1/me/key', { as: waiting })).status).toBe(200)
    expect((await api.request('/v1/catalogue', { as: waiting })).status).toBe(403)
    const report = { kind: 'lost', reason: 'Tombée pendant un trajet' }
    expect((await post('/v1/me/key/loss', waiting, report)).status).toBe(200)
    expect((await me(waiting)).pending).toBe('code')
    expect((await me(await again(person.login))).pending).toBe('code')
  })

  it('keeps a strengthened session strong when its value rotates', async () => {
    const person = await aPerson('rssi')
    const { as } = await enrol(person.as)
    clock.advance(16 * 60_000)
    const rotated = { Cookie: cookieOf(await api.request('/v1/me', { as })) }
    clock.advance(60_000)
    expect((await me(rotated)).pending).toBeNull()
  })
})

describe('taking up a software key', () => {
  it('changes nothing until a code proves that the seed was copied', async () => {
    const person = await aPerson('rssi')
    await post('/v1/me/software-key', person.as)
    const wrong = { code: '000000', callBackNumber: '05 00 00 00 00' }
    expect((await post('/v1/me/software-key/activation', person.as, wrong)).status).toBe(401)
    expect((await me(person.as)).pending).toBe('enrolment')
    const holders = await db.asOwner((tx) =>
      tx.select().from(schema.otpHolder).where(eq(schema.otpHolder.accountId, person.id)),
    )
    expect(holders).toEqual([])
  })

  it('forgets a seed left on a screen', async () => {
    const person = await aPerson('rssi')
    const { secret } = (await (await post('/v1/me/software-key', person.as)).json()) as { secret: string }
    clock.advance(16 * 60_000)
    const body = { code: codeOf(secret), callBackNumber: '05 00 00 00 00' }
    const { login } = person
    expect((await post('/v1/me/software-key/activation', await again(login), body)).status).toBe(409)
  })

  it('is refused to who has a key already', async () => {
    const person = await aPerson('rssi')
    const { as } = await enrol(person.as)
    expect((await post('/v1/me/software-key', as)).status).toBe(409)
  })
})

describe('recovery', () => {
  const body = { calledBack: true, reason: 'Téléphone perdu, identité vérifiée au rappel' }
  const path = (id: string) => `/v1/accounts/${id}/second-factor/recovery`

  it('is the act of who manages the person’s keys, after a call; the next sign-in takes up another key', async () => {
    const person = await aPerson('rssi')
    const { as } = await enrol(person.as)
    const diaser = await enrol((await aPerson('diaser')).as)
    const elsewhere = await enrol((await aPerson('diaser', { kind: 'academie', code: '97' })).as)
    const assistance = await enrol((await aPerson('assistance')).as)
    expect((await post(path(person.id), as, body)).status).toBe(403)
    expect((await post(path(person.id), assistance.as, body)).status).toBe(403)
    expect((await post(path(person.id), elsewhere.as, body)).status).toBe(404)
    expect((await post(path(person.id), diaser.as, { ...body, calledBack: false })).status).toBe(422)
    expect((await post(path(person.id), diaser.as, body)).status).toBe(204)
    expect((await api.request('/v1/me', { as })).status).toBe(401)
    const back = await again(person.login)
    expect((await me(back)).pending).toBe('enrolment')
    expect((await me((await enrol(back)).as)).pending).toBeNull()
  })
})

describe('the command line', () => {
  it('recovers the last administrator, and the key’s file names Vigie', async () => {
    const person = await aPerson('diaser')
    const { as } = await enrol(person.as)
    const ctx = contextOf(api.deps, { kind: 'system', id: COMMAND_LINE })
    await recoverSecondFactor(ctx, person.id, { reason: 'Téléphone perdu' })
    expect((await api.request('/v1/me', { as })).status).toBe(401)
    const back = await enrol(await again(person.login))
    const { rows } = (await (await api.request('/v1/keys?state=scrapped', { as: back.as })).json()) as {
      rows: { serial: string }[]
    }
    const files = await Promise.all(
      rows.map(async ({ serial }) => (await api.request(`/v1/keys/${serial}`, { as: back.as })).text()),
    )
    expect(files.some((text) => text.includes('"label":"Vigie"'))).toBe(true)
  })
})
