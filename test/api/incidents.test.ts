import type { Database } from '@vigie/db'
import { schema } from '@vigie/db'
import { asc, eq } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openAccount } from '../support/account.ts'
import { anApi, cookieOf, PASSWORD, type Api, type Credentials } from '../support/api.ts'
import { aClock, aRandom } from '../support/clock.ts'
import { aDatabase } from '../support/database.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { anAlert, aWebhook } from '../support/incident.ts'

interface Incident {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly state: string
  readonly party: string
  readonly uai: string | null
  readonly severity: string
  readonly assignee: { id: string; name: string } | null
  readonly actions: { action: string; label: string }[]
  readonly events: { kind: string; label: string; author: string | null; comment: string | null }[]
  readonly timeToAcknowledge: number | null
  readonly timeToResolve: number | null
}

const clock = aClock('2026-11-16T09:00:00Z')
let db: Database
let api: Api
let college: string
let ecole: string
let foreign: string
let head: Credentials
let otherHead: Credentials
let department: Credentials
let help: Credentials
let rssi: Credentials
let aqssi: Credentials
let alerts: Credentials

beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db, { clock, random: { ...aRandom(7), uuid: randomUUID } })
  college = await anEtablissement().college().insert(db)
  ecole = await anEtablissement().insert(db)
  foreign = await anEtablissement().college().inAcademie('97').inDepartement('971').insert(db)
  head = await api.signIn('chef_etablissement', { kind: 'etablissement', code: college })
  otherHead = await api.signIn('directeur_ecole', { kind: 'etablissement', code: ecole })
  department = await api.signIn('collectivite', { kind: 'collectivite', code: 'departement:991' })
  help = await api.signIn('assistance', { kind: 'academie', code: '98' })
  rssi = await api.signIn('rssi', { kind: 'academie', code: '98' })
  aqssi = await api.signIn('aqssi', { kind: 'academie', code: '98' })
  alerts = await api.token('alert:push', { kind: 'academie', code: '98' })
})
afterAll(() => db.close())

const post = (path: string, as: Credentials, json?: unknown) =>
  api.request(path, { method: 'POST', as, ...(json === undefined ? {} : { json }) })
const act = (id: string, verb: string, as: Credentials, json?: unknown) =>
  post(`/v1/incidents/${id}/${verb}`, as, json)
const read = async (id: string, as: Credentials) =>
  (await (await api.request(`/v1/incidents/${id}`, { as })).json()) as Incident
const actionsOf = async (id: string, as: Credentials) =>
  (await read(id, as)).actions.map(({ action }) => action)

const REQUEST = {
  origin: 'request',
  title: 'Vidéoprojecteur en panne',
  description: 'La salle 12 n’a plus d’image depuis ce matin.',
}
async function opened(as: Credentials, input: object = {}): Promise<string> {
  const response = await post('/v1/incidents', as, { ...REQUEST, uai: college, ...input })
  expect(response.status, await response.clone().text()).toBe(201)
  return ((await response.json()) as { id: string }).id
}

describe('the webhook of Alertmanager', () => {
  const hook = (json: unknown) => post('/v1/alerts', alerts, json)

  it('opens an incident that each role sees in its perimeter', async () => {
    const alert = anAlert({ labels: { uai: college, alertname: 'Vue' }, fingerprint: 'vue' })
    expect((await hook({ ...aWebhook(alert), tomorrow: { added: true } })).status).toBe(204)
    const idOf = async (as: Credentials) =>
      (
        (await (await api.request('/v1/incidents?q=Vue', { as })).json()) as { rows: { id: string }[] }
      ).rows.map(({ id }) => id)
    const [id] = await idOf(rssi)
    for (const as of [head, department, help, aqssi]) expect(await idOf(as)).toEqual([id])
    expect(await idOf(otherHead)).toEqual([])
    for (const verb of ['', '/assignees'])
      expect((await api.request(`/v1/incidents/${id}${verb}`, { as: otherHead })).status).toBe(404)
    expect((await act(id!, 'acknowledgement', otherHead)).status).toBe(404)
  })

  it('keeps an incident of the whole académie to who sees the whole académie', async () => {
    await hook(aWebhook(anAlert({ labels: { alertname: 'OtpBruteForce' }, fingerprint: 'otp' })))
    const totals = await Promise.all(
      [rssi, aqssi, help, head, department].map(async (as) => {
        const list = await api.request('/v1/incidents?q=OtpBruteForce', { as })
        return ((await list.json()) as { total: number }).total
      }),
    )
    expect(totals).toEqual([1, 1, 1, 0, 0])
  })

  it.each([
    ['no version', { version: undefined }, '/version'],
    ['another version', { version: '5' }, '/version'],
    ['alerts that are no list', { alerts: {} }, '/alerts'],
    ['an alert without a name', { alerts: [{ ...anAlert(), labels: {} }] }, '/alerts/0/labels'],
    ['a date in words', { alerts: [{ ...anAlert(), startsAt: 'hier' }] }, '/alerts/0/startsAt'],
    ['an unknown status', { alerts: [{ ...anAlert(), status: 'bof' }] }, '/alerts/0/status'],
    ['no fingerprint', { alerts: [{ ...anAlert(), fingerprint: '' }] }, '/alerts/0/fingerprint'],
    ['an endless label', { alerts: [anAlert({ labels: { x: 'x'.repeat(2_001) } })] }, '/alerts/0/labels/x'],
    ['too many alerts', { alerts: Array.from({ length: 2_001 }, () => anAlert()) }, '/alerts'],
  ])('refuses %s, naming it in French', async (_case, change, pointer) => {
    const response = await hook({ ...aWebhook(anAlert()), ...change })
    expect(response.status).toBe(422)
    const { errors } = (await response.json()) as { errors: { pointer: string; detail: string }[] }
    expect(errors.map((error) => error.pointer)).toContain(pointer)
    expect(errors[0]?.detail).not.toMatch(/expected|invalid/i)
  })

  it('takes two thousand alerts at once', async () => {
    const many = Array.from({ length: 2_000 }, (_, index) =>
      anAlert({ fingerprint: `f${index}`, labels: { alertname: `Avalanche${index % 400}`, uai: college } }),
    )
    expect((await hook(aWebhook(...many))).status).toBe(204)
    const list = await api.request('/v1/incidents?q=Avalanche&state=unresolved', { as: rssi })
    expect(await list.json()).toMatchObject({ total: 400 })
    const over = many.map((alert) => ({
      ...alert,
      status: 'resolved' as const,
      endsAt: '2026-11-16T09:00:00Z',
    }))
    expect((await hook(aWebhook(...over))).status).toBe(204)
    const left = await api.request('/v1/incidents?q=Avalanche&state=unresolved', { as: rssi })
    expect(await left.json()).toMatchObject({ total: 0 })
  }, 60_000)

  it('asks for a token of the scope, over a whole académie', async () => {
    expect((await post('/v1/alerts', rssi, aWebhook(anAlert()))).status).toBe(403)
    await expect(api.token('alert:push', { kind: 'departement', code: '991' })).rejects.toThrow('académie')
  })
})

describe('a request', () => {
  it('lives from the school to its answer, each act told with its author', async () => {
    const id = await opened(head)
    expect(await read(id, head)).toMatchObject({ state: 'open', party: 'academie', uai: college })
    clock.advance(60_000)
    expect((await act(id, 'acknowledgement', help)).status).toBe(200)
    clock.advance(60_000)
    expect((await act(id, 'comments', head, { comment: 'Toujours rien ce matin.' })).status).toBe(200)
    const answered = await act(id, 'resolution', help, { comment: 'Lampe changée.' })
    expect(await answered.json()).toMatchObject({
      ...{ state: 'resolved', timeToAcknowledge: 60, timeToResolve: 120 },
    })
    const after = await read(id, head)
    expect(after.events.map(({ label, comment }) => [label, comment])).toEqual([
      ['Demande déposée', null],
      ['Pris en compte', null],
      ['Commentaire', 'Toujours rien ce matin.'],
      ['Résolu', 'Lampe changée.'],
    ])
    expect(after.events.every(({ author }) => author === 'Compte des essais')).toBe(true)
    expect(after.actions.map(({ label }) => label)).toEqual(['Commenter', 'Rouvrir'])
    expect((await act(id, 'reopening', head, { comment: 'La lampe a de nouveau lâché.' })).status).toBe(200)
    expect((await read(id, head)).state).toBe('open')
  })

  it('is opened only where the caller is, and about what exists', async () => {
    const tries: [Credentials, object, number][] = [
      [head, { uai: ecole }, 404],
      [head, { uai: foreign }, 404],
      [head, { uai: null }, 422],
      [rssi, { uai: foreign }, 404],
      [rssi, { uai: null }, 201],
      [department, { uai: ecole }, 404],
      [department, { uai: college, origin: 'report' }, 201],
      [head, { uai: college, machineId: randomUUID() }, 422],
      [head, { uai: college, requirement: 'INF-ZZZ-1' }, 422],
      [head, { uai: college, title: 'ko' }, 422],
      [aqssi, { uai: college }, 403],
    ]
    for (const [as, input, status] of tries) {
      const response = await post('/v1/incidents', as, { ...REQUEST, ...input })
      expect(response.status, JSON.stringify(input)).toBe(status)
    }
  })

  it('tells in French that another acted meanwhile', async () => {
    const id = await opened(head)
    const answers = await Promise.all([1, 2, 3].map(() => act(id, 'acknowledgement', help)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    await act(id, 'resolution', help, { comment: 'Réglé.' })
    const late = await act(id, 'resolution', rssi, { comment: 'Réglé aussi.' })
    expect(late.status).toBe(409)
    expect(((await late.json()) as { detail: string }).detail).toContain('« Résolu »')
    expect((await act(id, 'assignment', rssi, { accountId: null })).status).toBe(409)
  })
})

describe('each role', () => {
  it('does what its part in the sharing allows', async () => {
    const id = await opened(rssi, { origin: 'report', service: 'MCO-SVG' })
    expect((await read(id, rssi)).party).toBe('collectivite')
    const everything = ['acknowledge', 'assign', 'comment', 'change', 'resolve']
    for (const as of [rssi, help, department]) expect(await actionsOf(id, as)).toEqual(everything)
    expect(await actionsOf(id, head)).toEqual(['acknowledge', 'comment', 'resolve'])
    expect(await actionsOf(id, aqssi)).toEqual([])
    expect((await act(id, 'assignment', head, { accountId: null })).status).toBe(403)
    for (const [verb, json] of [
      ['acknowledgement', undefined],
      ['comments', { comment: 'Vu.' }],
      ['resolution', { comment: 'Vu.' }],
    ] as const)
      expect((await act(id, verb, aqssi, json)).status).toBe(403)
    expect((await act(id, 'acknowledgement', head)).status).toBe(200)
    expect((await act(id, 'comments', department, { comment: 'On y va.' })).status).toBe(200)
    expect((await act(id, 'resolution', department, { comment: 'Réparé.' })).status).toBe(200)
  })

  it('is given only incidents of its party and its place', async () => {
    const nameOf = async (
      role: 'collectivite' | 'rssi' | 'referent',
      code: string,
      kind: 'collectivite' | 'academie' | 'etablissement',
    ) => {
      const login = `${role}.${randomUUID().slice(0, 8)}`
      const accountId = await openAccount(api.deps, {
        login,
        password: PASSWORD,
        grants: [{ role, perimeter: { kind, code } }],
      })
      return { login, accountId }
    }
    const ours = await nameOf('collectivite', 'departement:991', 'collectivite')
    const theirs = await nameOf('collectivite', 'departement:992', 'collectivite')
    const academic = await nameOf('rssi', '98', 'academie')
    const id = await opened(rssi, { origin: 'report', service: 'MCO-SVG' })
    const offered = (await (await api.request(`/v1/incidents/${id}/assignees`, { as: rssi })).json()) as {
      rows: { id: string }[]
    }
    const ids = offered.rows.map((row) => row.id)
    expect(ids).toContain(ours.accountId)
    expect(ids).not.toContain(theirs.accountId)
    expect(ids).not.toContain(academic.accountId)
    expect((await act(id, 'assignment', rssi, { accountId: theirs.accountId })).status).toBe(422)
    expect((await act(id, 'assignment', rssi, { accountId: ours.accountId })).status).toBe(200)
    const mine = { Cookie: cookieOf(await api.enter(ours.login, PASSWORD)) }
    const list = async () =>
      (await (await api.request('/v1/incidents?mine=true', { as: mine })).json()) as { total: number }
    expect((await list()).total).toBe(1)
    const moved = await api.request(`/v1/incidents/${id}`, {
      method: 'PATCH',
      as: rssi,
      json: { party: 'academie', severity: 'critical' },
    })
    expect(await moved.json()).toMatchObject({ party: 'academie', assignee: null, severity: 'critical' })
    expect((await list()).total).toBe(0)
  })
})

describe('a correction', () => {
  const change = (id: string, as: Credentials, json: unknown) =>
    api.request(`/v1/incidents/${id}`, { method: 'PATCH', as, json })

  it('moves an incident within the académie, gives its party anew, and is told', async () => {
    const id = await opened(rssi, { uai: null, origin: 'report' })
    expect((await read(id, rssi)).party).toBe('academie')
    const moved = await change(id, rssi, { uai: college, requirement: 'INF-AUT-7' })
    expect(await moved.json()).toMatchObject({ uai: college, party: 'etablissement', service: 'INF-AUT' })
    expect((await read(id, head)).events.at(-1)?.label).toBe(
      `Corrigé (établissement : aucun → ${college} ; exigence : aucun → INF-AUT-7 ; responsable : l’académie → l’établissement)`,
    )
    expect((await change(id, head, { uai: null })).status).toBe(422)
    expect((await change(id, head, { uai: ecole })).status).toBe(404)
    expect((await change(id, rssi, { uai: foreign })).status).toBe(404)
    expect((await change(id, rssi, { machineId: randomUUID() })).status).toBe(422)
  })
})

describe('the queue', () => {
  it('shows the gravest then the oldest first, resolved ones last, and counts each facet', async () => {
    const mark = `Tri${randomUUID().slice(0, 6)}`
    const open = async (severity: string) => {
      clock.advance(1_000)
      return opened(head, { title: `${mark} ${severity}`, severity })
    }
    const info = await open('info')
    const critical = await open('critical')
    const over = await open('critical')
    const second = await open('critical')
    await act(over, 'resolution', head, { comment: 'Fini.' })
    const list = await api.request(`/v1/incidents?q=${mark}&uai=${college}`, { as: head })
    const body = (await list.json()) as {
      total: number
      rows: { id: string }[]
      states: { code: string; count: number }[]
    }
    expect(body.rows.map(({ id }) => id)).toEqual([critical, second, info, over])
    expect(Object.fromEntries(body.states.map(({ code, count }) => [code, count]))).toEqual({
      ...{ open: 3, acknowledged: 0, resolved: 1 },
    })
    const filtered = await api.request(`/v1/incidents?q=${mark}&state=unresolved&severity=critical`, {
      as: head,
    })
    expect(await filtered.json()).toMatchObject({ total: 2, rows: [{ id: critical }, { id: second }] })
  })

  it('finds an incident by its number', async () => {
    const id = await opened(head)
    const { number } = await read(id, head)
    const list = await api.request(`/v1/incidents?q=${encodeURIComponent(`nº ${number}`)}`, { as: head })
    expect(((await list.json()) as { rows: { id: string }[] }).rows.map((row) => row.id)).toContain(id)
  })
})

describe('figures', () => {
  it('are null without data, and count the caller’s own incidents', async () => {
    const alone = await anEtablissement().insert(db)
    const director = await api.signIn('directeur_ecole', { kind: 'etablissement', code: alone })
    const figures = async () =>
      (await (await api.request('/v1/incident-figures', { as: director })).json()) as object
    const nothing = { count: 0, of: 0, meanSeconds: null, medianSeconds: null }
    expect(await figures()).toMatchObject({
      ...{ open: { total: 0 }, oldestOpen: null, acknowledge: nothing, resolve: nothing, groups: [] },
    })
    const ids = []
    for (const minutes of [1, 2, 6]) {
      const id = await opened(director, { uai: alone, severity: 'critical' })
      ids.push(id)
      clock.advance(minutes * 60_000)
      await act(id, 'acknowledgement', director)
    }
    await act(ids[0]!, 'resolution', director, { comment: 'Fini.' })
    expect(await figures()).toMatchObject({
      open: { total: 2, late: 0 },
      oldestOpen: { id: ids[1] },
      acknowledge: { count: 3, of: 3, meanSeconds: 180, medianSeconds: 120 },
      resolve: { count: 1, of: 3, meanSeconds: 540, medianSeconds: 540 },
      groups: [{ severity: 'critical', origin: 'request' }],
    })
  })
})

describe('the journal', () => {
  it('keeps every act, and none of its words', async () => {
    const id = await opened(head, { title: 'Mots très secrets' })
    await act(id, 'acknowledgement', head)
    await act(id, 'comments', head, { comment: 'Mots très secrets' })
    await act(id, 'resolution', head, { comment: 'Mots très secrets' })
    await act(id, 'reopening', head, { comment: 'Mots très secrets' })
    const rows = await db.asOwner((tx) =>
      tx
        .select()
        .from(schema.journalEntry)
        .where(eq(schema.journalEntry.subjectId, id))
        .orderBy(asc(schema.journalEntry.id)),
    )
    expect(rows.map(({ action }) => action)).toEqual([
      'incident.opened',
      'incident.acknowledged',
      'incident.commented',
      'incident.resolved',
      'incident.reopened',
    ])
    expect(rows.every(({ uai }) => uai === college)).toBe(true)
    expect(
      JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toContain('secrets')
  })
})
