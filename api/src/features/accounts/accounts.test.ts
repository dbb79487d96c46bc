import { schema, type Database } from '@vigie/db'
import { anApi, cookieOf, PASSWORD, type Api, type Credentials } from '@vigie/test/support/api.ts'
import { openAccount } from '@vigie/test/support/account.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let db: Database
let api: Api
let diaser: Credentials
let inside: string
let outside: string

const person = (overrides: Record<string, unknown> = {}) => ({
  login: `personne.${api.deps.random.uuid().slice(0, 8)}`,
  displayName: 'Ambre Vauquelin',
  password: PASSWORD,
  grants: [{ role: 'chef_etablissement', perimeter: { kind: 'etablissement', code: inside } }],
  ...overrides,
})
const post = (path: string, json: unknown, method = 'POST') => api.request(path, { method, json, as: diaser })
const create = async (json: unknown) => (await (await post('/v1/accounts', json)).json()) as { id: string }

beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db)
  inside = await anEtablissement()
    .college()
    .with({ academie: '98', departement: '991', collectivite: 'region:98', circonscription: 'C1' })
    .insert(db)
  outside = await anEtablissement()
    .college()
    .with({ academie: '97', departement: '971', collectivite: 'region:98' })
    .insert(db)
  diaser = await api.signIn('diaser', { kind: 'academie', code: '98' })
})
afterAll(() => db.close())

describe('accounts', () => {
  it('are created by an administrator, then sign in', async () => {
    const account = person()
    expect((await post('/v1/accounts', account)).status).toBe(201)
    expect((await api.enter(account.login.toUpperCase(), PASSWORD)).status).toBe(204)
    expect((await post('/v1/accounts', account)).status).toBe(409)
  })

  it('are refused a weak password, with the reason', async () => {
    for (const password of ['trop court', 'personne.faible et la suite', 'aaaaaaaaaaaaaaaa']) {
      const response = await post('/v1/accounts', person({ login: 'personne.faible', password }))
      expect(response.status).toBe(422)
      expect(await response.json()).toMatchObject({ errors: [{ pointer: '/password' }] })
    }
  })

  it('are never granted anything outside the administrator’s perimeter', async () => {
    const perimeters = [
      { kind: 'etablissement', code: outside },
      { kind: 'etablissement', code: '0999999Z' },
    ]
    for (const perimeter of perimeters) {
      const response = await post('/v1/accounts', person({ grants: [{ role: 'referent', perimeter }] }))
      expect(response.status).toBe(422)
    }
    const shared = [{ role: 'collectivite', perimeter: { kind: 'collectivite', code: 'region:98' } }]
    expect((await post('/v1/accounts', person({ grants: shared }))).status).toBe(422)
    const whole = [{ role: 'rssi', perimeter: { kind: 'academie', code: '97' } }]
    expect((await post('/v1/accounts', person({ grants: whole }))).status).toBe(422)
    const within = [{ role: 'ien', perimeter: { kind: 'circonscription', code: 'C1' } }]
    expect((await post('/v1/accounts', person({ grants: within }))).status).toBe(201)
  })

  it('hold a role only on the kind of perimeter it is made for', async () => {
    const grants = [{ role: 'chef_etablissement', perimeter: { kind: 'academie', code: '98' } }]
    expect((await post('/v1/accounts', person({ grants }))).status).toBe(422)
  })

  it('gain and lose roles, and keep one', async () => {
    const { id } = await create(person())
    const added = await post(`/v1/accounts/${id}/grants`, {
      role: 'referent',
      perimeter: { kind: 'etablissement', code: inside },
    })
    expect(added.status).toBe(201)
    const { id: grantId } = (await added.json()) as { id: string }
    const revoke = (grant: string) =>
      api.request(`/v1/accounts/${id}/grants/${grant}`, { method: 'DELETE', as: diaser })
    expect((await revoke(grantId)).status).toBe(204)
    expect((await revoke(grantId)).status).toBe(404)
    const [last] = await db
      .asOwner((tx) => tx.select().from(schema.roleGrant))
      .then((rows) => rows.filter((row) => row.accountId === id))
    expect((await revoke(last!.id)).status).toBe(409)
  })

  it('lose their sessions when disabled or given a new password', async () => {
    const account = person()
    const { id } = await create(account)
    const Cookie = cookieOf(await api.enter(account.login, PASSWORD))
    const me = async () => (await api.request('/v1/me', { as: { Cookie } })).status
    expect(await me()).toBe(200)
    const password = 'une autre phrase longue'
    expect((await post(`/v1/accounts/${id}/password`, { password }, 'PUT')).status).toBe(204)
    expect(await me()).toBe(401)
    expect((await api.enter(account.login, password)).status).toBe(204)
    expect((await api.request(`/v1/accounts/${id}`, { method: 'DELETE', as: diaser })).status).toBe(204)
    expect((await api.enter(account.login, password)).status).toBe(401)
  })

  it('of another académie do not exist for the administrator', async () => {
    const id = await openAccount(api.deps, {
      login: 'ailleurs',
      password: PASSWORD,
      grants: [{ role: 'referent', perimeter: { kind: 'etablissement', code: outside } }],
    })
    expect((await api.request(`/v1/accounts/${id}`, { method: 'DELETE', as: diaser })).status).toBe(404)
    const list = (await (await api.request('/v1/accounts?q=ailleurs', { as: diaser })).json()) as {
      total: number
    }
    expect(list.total).toBe(0)
  })

  it('shared with another académie can be stripped of a role, not closed', async () => {
    const id = await openAccount(api.deps, {
      login: 'partage',
      password: PASSWORD,
      grants: [inside, outside].map((code) => ({
        role: 'referent',
        perimeter: { kind: 'etablissement', code },
      })),
    })
    expect((await api.request(`/v1/accounts/${id}`, { method: 'DELETE', as: diaser })).status).toBe(409)
    const list = (await (await api.request('/v1/accounts?q=partage', { as: diaser })).json()) as {
      rows: { grants: { perimeter: { code: string } }[] }[]
    }
    expect(list.rows[0]?.grants.map((grant) => grant.perimeter.code)).toEqual([inside])
  })
})

describe('service tokens', () => {
  it('are shown once, answer within their scope, and stop when revoked', async () => {
    const made = await post('/v1/tokens', {
      name: 'Tableau de bord',
      scope: 'conformity:read',
      perimeter: { kind: 'etablissement', code: inside },
    })
    const { id, token } = (await made.json()) as { id: string; token: string }
    const as = { Authorization: `Bearer ${token}` }
    expect((await api.request('/v1/catalogue', { as })).status).toBe(200)
    expect((await api.request('/v1/accounts', { as })).status).toBe(403)
    const listed = await (await api.request('/v1/tokens', { as: diaser })).text()
    expect(listed).toContain('Tableau de bord')
    expect(listed).not.toContain(token)
    expect((await api.request(`/v1/tokens/${id}`, { method: 'DELETE', as: diaser })).status).toBe(204)
    expect((await api.request('/v1/catalogue', { as })).status).toBe(401)
  })

  it('are refused outside the administrator’s perimeter', async () => {
    const perimeter = { kind: 'academie', code: '97' }
    expect((await post('/v1/tokens', { name: 'X', scope: 'conformity:read', perimeter })).status).toBe(422)
  })
})

describe('collector accounts', () => {
  it('are minted for an establishment of the perimeter, listed without their secret, revoked', async () => {
    const made = await post('/v1/collector-accounts', { uai: inside })
    expect(made.status).toBe(201)
    const { id, login, secret } = (await made.json()) as { id: string; login: string; secret: string }
    const as = { Authorization: `Basic ${btoa(`${login}:${secret}`)}` }
    expect((await api.request('/v1/catalogue', { as })).status).toBe(403)
    const listed = await (await api.request(`/v1/collector-accounts?uai=${inside}`, { as: diaser })).text()
    expect(listed).toContain(login)
    expect(listed).not.toContain(secret)
    expect((await api.request(`/v1/collector-accounts/${id}`, { method: 'DELETE', as: diaser })).status).toBe(
      204,
    )
    expect((await api.request('/v1/catalogue', { as })).status).toBe(401)
    expect((await post('/v1/collector-accounts', { uai: outside })).status).toBe(404)
  })
})
