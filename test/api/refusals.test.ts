import type { Database } from '@vigie/db'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openAccount } from '../support/account.ts'
import { anApi, cookieOf, PASSWORD, type Api, type Call, type Credentials } from '../support/api.ts'
import { aDatabase } from '../support/database.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { operationsOf, type Operation } from '../support/operations.ts'
import { fillPath, SAMPLE_QUERIES, sampleBodies, sampleParams } from './samples.ts'

/** Routes that a stranger may call; every other one asks who calls. */
const PUBLIC = new Set(['POST /v1/sessions', 'GET /healthz', 'GET /readyz'])
/** Routes where the caller's role changes nothing: everyone may close a session of his own. */
const XML_ROUTES = new Set(['POST /v1/collect/inventory'])
/** Answered to a token of the configuration, whatever the accounts. */
const CONFIGURED = new Set(['GET /metrics'])
/** Asked by Prometheus alone, with the token that opens nothing else. */
const DISCOVERY = new Set(['GET /v1/sd/targets'])

let db: Database
let api: Api
let operations: Operation[]
let ours: string
let theirs: string
/** Callers that together hold every permission over `ours` and nothing over `theirs`. */
let insiders: Credentials[]
let powerless: Credentials
let verifier: Credentials

async function everyRole(): Promise<Credentials> {
  const login = 'tous.roles'
  await openAccount(api.deps, {
    login,
    password: PASSWORD,
    grants: [
      { role: 'rssi', perimeter: { kind: 'academie', code: '98' } },
      { role: 'diaser', perimeter: { kind: 'academie', code: '98' } },
      { role: 'osp', perimeter: { kind: 'departement', code: '991' } },
      { role: 'assistance', perimeter: { kind: 'academie', code: '98' } },
      { role: 'chef_etablissement', perimeter: { kind: 'etablissement', code: ours } },
      { role: 'referent', perimeter: { kind: 'etablissement', code: ours } },
    ],
  })
  return { Cookie: cookieOf(await api.enter(login, PASSWORD)) }
}

beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db)
  operations = operationsOf(api.app)
  ours = await anEtablissement().college().inAcademie('98').insert(db)
  theirs = await anEtablissement().college().inAcademie('97').inDepartement('971').insert(db)
  insiders = [
    await everyRole(),
    await api.token('evidence:write', { kind: 'academie', code: '98' }),
    await api.token('otp:verify', { kind: 'academie', code: '98' }),
    await api.token('alert:push', { kind: 'academie', code: '98' }),
    await api.token('metrics:read', { kind: 'academie', code: '98' }),
  ]
  powerless = await api.token('metrics:read', { kind: 'academie', code: '98' })
  verifier = await api.token('otp:verify', { kind: 'academie', code: '98' })
})
afterAll(() => db.close())

/** The route with a well-formed request about `uai`. */
function wellFormed(operation: Operation, uai: string): [string, Call] {
  const call: Call = { method: operation.method }
  const path = fillPath(operation.path, sampleParams(uai)) + (SAMPLE_QUERIES[operation.name] ?? '')
  if (!operation.takesJson) return [path, call]
  const json = sampleBodies(uai)[operation.name]
  if (json === undefined) throw new Error(`no sample body for ${operation.name}`)
  return [path, { ...call, json }]
}

/** What every answer owes its reader, whoever asks and whatever is asked. */
async function check(operation: Operation, response: Response, asked: string): Promise<number> {
  const text = await response.text()
  const told = `${operation.name} (${asked}) answered ${response.status}: ${text.slice(0, 300)}`
  expect(response.status, told).not.toBe(500)
  expect([...operation.statuses], told).toContain(response.status)
  if (response.status >= 400) {
    expect(response.headers.get('content-type'), told).toContain('application/problem+json')
    const problem = JSON.parse(text) as { status: number; title: string; detail: string }
    expect(problem.status, told).toBe(response.status)
    expect(problem.detail.length, told).toBeGreaterThan(10)
    expect(problem.detail, told).not.toMatch(/\b(the|must|invalid|expected|error)\b/i)
  }
  return response.status
}

describe('every route', { timeout: 120_000 }, () => {
  it('is documented, chained and counted', () => {
    expect(operations.length).toBeGreaterThan(20)
    const documented = new Set(operations.map(({ name }) => name))
    const undocumented = api.app.routes
      .filter((route) => route.method !== 'ALL' && !/^\/v1\/(openapi\.json|docs)$/.test(route.path))
      .map((route) => `${route.method} ${route.path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}')}`)
      .filter((name) => !documented.has(name))
    expect(undocumented).toEqual([])
  })

  it('asks a stranger who he is', async () => {
    for (const operation of operations.filter(({ name }) => !PUBLIC.has(name))) {
      const [path, call] = wellFormed(operation, ours)
      const status = await check(operation, await api.request(path, call), 'no credentials')
      expect(status, operation.name).toBe(401)
    }
  })

  it('answers the same to credentials that name nobody', async () => {
    for (const operation of operations.filter(({ name }) => !PUBLIC.has(name))) {
      const [path, call] = wellFormed(operation, ours)
      for (const as of [
        { Authorization: 'Bearer vigie_unknown' },
        { Authorization: `Basic ${btoa('inconnu:secret')}` },
        { Authorization: 'Bearer' },
        { Cookie: 'vigie_session=unknown' },
      ]) {
        const response = await api.request(path, { ...call, as })
        expect(await check(operation, response, JSON.stringify(as)), operation.name).toBe(401)
      }
    }
  })

  it('refuses a caller without the permission', async () => {
    for (const operation of operations.filter(({ name }) => !PUBLIC.has(name) && !CONFIGURED.has(name))) {
      const [path, call] = wellFormed(operation, ours)
      const as = DISCOVERY.has(operation.name) ? verifier : powerless
      const status = await check(operation, await api.request(path, { ...call, as }), 'powerless')
      expect(status, operation.name).toBe(403)
    }
  })

  it('does not let an establishment outside the perimeter exist', async () => {
    for (const operation of operations.filter(({ path }) => path.includes('{uai}'))) {
      const [path, call] = wellFormed(operation, theirs)
      const statuses: number[] = []
      for (const as of insiders) {
        statuses.push(await check(operation, await api.request(path, { ...call, as }), 'other perimeter'))
      }
      expect(statuses, operation.name).toContain(404)
      expect(
        statuses.filter((status) => status < 400),
        operation.name,
      ).toEqual([])
    }
  })

  it('refuses path parameters that are not what they name', async () => {
    for (const operation of operations.filter(({ path }) => path.includes('{'))) {
      const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
      for (const name of names) {
        for (const value of ['¤', "' or 1=1 --", '0'.repeat(500), '\u0000']) {
          const path = fillPath(operation.path, { ...sampleParams(ours), [name]: value })
          const [, call] = wellFormed(operation, ours)
          for (const as of insiders) {
            const response = await api.request(path, { ...call, as })
            const status = await check(operation, response, `${name}=${JSON.stringify(value).slice(0, 20)}`)
            expect([403, 404, 422], operation.name).toContain(status)
          }
        }
      }
    }
  })

  it('refuses query parameters out of their set, and survives any text', async () => {
    for (const operation of operations) {
      for (const parameter of operation.parameters.filter((p) => p.in === 'query')) {
        const [path, call] = wellFormed(operation, ours)
        const closed =
          parameter.schema.enum !== undefined || /integer|number/.test(parameter.schema.type ?? '')
        for (const value of ['¤', '-1', "%' or '1'='1", '\u0000', 'x'.repeat(3_000)]) {
          const url = `${path.split('?')[0]}?${new URLSearchParams({ [parameter.name]: value })}`
          const response = await api.request(url, { ...call, as: insiders[0]! })
          const status = await check(operation, response, `${parameter.name}=${value.slice(0, 20)}`)
          if (closed && value === '¤') expect(status, `${operation.name} ${parameter.name}`).toBe(422)
        }
      }
    }
  })

  it('refuses a body that is not JSON, not an object, or not said to be JSON', async () => {
    for (const operation of operations.filter(({ takesJson }) => takesJson)) {
      const [path, { method = 'GET' }] = wellFormed(operation, ours)
      const bodies: Call[] = [
        { body: '{', headers: { 'Content-Type': 'application/json' } },
        { body: '', headers: { 'Content-Type': 'application/json' } },
        { body: '[]', headers: { 'Content-Type': 'application/json' } },
        { body: 'null', headers: { 'Content-Type': 'application/json' } },
        { body: '"texte"', headers: { 'Content-Type': 'application/json' } },
        { body: 'login=a', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
      ]
      for (const call of bodies) {
        for (const as of insiders) {
          const response = await api.request(path, { ...call, method, as })
          const status = await check(operation, response, `body ${String(call.body)}`)
          expect([401, 403, 415, 422], operation.name).toContain(status)
        }
      }
    }
  })

  it('survives arbitrary JSON in place of each member of its body', async () => {
    const [insider] = insiders
    for (const operation of operations.filter(({ takesJson, name }) => takesJson && !PUBLIC.has(name))) {
      const [path, call] = wellFormed(operation, ours)
      const members = Object.keys(call.json as object)
      if (members.length === 0) continue
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...members), fc.jsonValue(), async (member, value) => {
          const json = { ...(call.json as object), [member]: value }
          const response = await api.request(path, { ...call, json, as: insider! })
          await check(operation, response, `${member}=${JSON.stringify(value)}`)
        }),
        { numRuns: 12 },
      )
    }
  })

  it('refuses a change that another site asks a browser to make', async () => {
    const changes = operations.filter(({ method, name }) => method !== 'GET' && !XML_ROUTES.has(name))
    for (const operation of changes) {
      const [path, call] = wellFormed(operation, ours)
      for (const headers of [{ 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': 'same-site' }]) {
        const response = await api.request(path, { ...call, as: insiders[0]!, headers })
        expect(await check(operation, response, JSON.stringify(headers)), operation.name).toBe(403)
      }
    }
  })

  it('hardens its answer', async () => {
    for (const operation of operations) {
      const [path, call] = wellFormed(operation, ours)
      const { headers } = await api.request(path, call)
      expect(headers.get('x-content-type-options'), operation.name).toBe('nosniff')
      expect(headers.get('content-security-policy'), operation.name).toContain("default-src 'none'")
      expect(headers.get('cache-control'), operation.name).toBe('no-store')
    }
  })
})
