import { randomUUID } from 'node:crypto'
import { schema, type Database } from '@vigie/db'
import { anApi, type Api, type Credentials } from '@vigie/test/support/api.ts'
import { aClock, aRandom } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reportLogEvidence } from './report-log-evidence.ts'
import type { EtablissementLogs, LogSource, LogSources } from './schema.ts'

const WORKER = { role: 'vigie_worker' } as const
const academie = { kind: 'academie', code: '98' } as const
const clock = aClock('2026-11-16T09:00:00Z')
let db: Database
let api: Api
let [rssi, diaser]: Credentials[] = []
let uai: string
beforeAll(async () => {
  db = await aDatabase()
  api = anApi(db, { clock, random: { ...aRandom(), uuid: randomUUID } })
  rssi = await api.signIn('rssi', academie)
  diaser = await api.signIn('diaser', academie)
  uai = await anEtablissement().college().insert(db)
})
afterAll(() => db.close())

let names = 0
const aName = () => `machine-${(names += 1)}.exemple.fr`
const post = (json: object, as = diaser!) => api.request('/v1/log-sources', { method: 'POST', json, as })
const created = async (more: object = {}): Promise<LogSource> => {
  const response = await post({ uai, label: 'Serveur du CDI', certificateName: aName(), ...more })
  expect(response.status).toBe(201)
  return (await response.json()) as LogSource
}
const list = async (as: Credentials) =>
  (await (await api.request(`/v1/log-sources?uai=${uai}`, { as })).json()) as LogSources
const logsOf = async (as: Credentials, of = uai) =>
  (await (await api.request(`/v1/etablissements/${of}/logs`, { as })).json()) as EtablissementLogs

describe('sources of journals', () => {
  it('are declared by the IT division or the RSSI, under a name or a fingerprint', async () => {
    const named = await created({ certificateName: 'Serveur.College.Exemple.fr' })
    expect(named).toMatchObject({
      certificateName: 'serveur.college.exemple.fr',
      reception: 'never',
      retention: 'unknown',
      etablissement: 'Collège des Essais',
    })
    const print = 'AB:'.repeat(31) + 'AB'
    const printed = await created({ certificateName: undefined, fingerprint: print })
    expect(printed.fingerprint).toBe('ab'.repeat(32))
    expect((await list(rssi!)).rows.map(({ id }) => id)).toEqual(
      expect.arrayContaining([named.id, printed.id]),
    )
  })

  it('refuse a certificate that another source has, and a machine that nothing names', async () => {
    const { certificateName } = await created()
    expect((await post({ uai, label: 'Autre', certificateName })).status).toBe(409)
    expect((await post({ uai, label: 'Autre' })).status).toBe(422)
    expect(
      (await post({ uai, label: 'Autre', certificateName: aName(), fingerprint: 'ab'.repeat(32) })).status,
    ).toBe(422)
    expect((await post({ uai, label: 'Autre', fingerprint: 'zz' })).status).toBe(422)
    expect((await post({ uai: '0990000A', label: 'Autre', certificateName: aName() })).status).toBe(404)
  })

  it('are renamed, put aside, taken back, given another certificate and deleted', async () => {
    const { id } = await created()
    const patch = async (json: object) =>
      api.request(`/v1/log-sources/${id}`, { method: 'PATCH', json, as: diaser! })
    expect(await (await patch({ enabled: false })).json()).toMatchObject({ reception: 'disabled' })
    expect(await (await patch({ enabled: true, label: 'Pare-feu' })).json()).toMatchObject({
      reception: 'never',
      label: 'Pare-feu',
    })
    expect(await (await patch({ fingerprint: 'cd'.repeat(32) })).json()).toMatchObject({
      certificateName: null,
    })
    expect((await patch({})).status).toBe(422)
    const remove = () => api.request(`/v1/log-sources/${id}`, { method: 'DELETE', as: diaser! })
    expect((await remove()).status).toBe(204)
    expect((await remove()).status).toBe(404)
  })

  it('are read by the school, and managed by nobody there', async () => {
    const { id } = await created()
    const head = await api.signIn('chef_etablissement', { kind: 'etablissement', code: uai })
    expect((await list(head)).canManage).toBe(false)
    expect((await logsOf(head)).sources.map((source) => source.id)).toContain(id)
    expect((await api.request(`/v1/log-sources/${id}`, { method: 'DELETE', as: head })).status).toBe(403)
    const other = await anEtablissement().college().insert(db)
    expect((await api.request(`/v1/etablissements/${other}/logs`, { as: head })).status).toBe(404)
    const officer = await api.signIn('osp', { kind: 'departement', code: '991' })
    expect((await api.request(`/v1/etablissements/${uai}/logs`, { as: officer })).status).toBe(403)
  })
})

describe('the legal range of retention', () => {
  const range = (method: string, as: Credentials, json?: object, code = '98') =>
    api.request(`/v1/log-retention-ranges/${code}`, { method, as, ...(json ? { json } : {}) })

  it('is the default until the RSSI decides', async () => {
    expect(await (await range('GET', diaser!)).json()).toEqual({
      ...{ academie: '98', shortestDays: 180, longestDays: 365, decidedOn: null, canDecide: false },
    })
    expect((await range('PUT', diaser!, { shortestDays: 90, longestDays: 180 })).status).toBe(403)
    const decided = await range('PUT', rssi!, { shortestDays: 90, longestDays: 400 })
    expect(await decided.json()).toMatchObject({
      shortestDays: 90,
      longestDays: 400,
      decidedOn: '2026-11-16',
    })
    expect(await (await range('GET', rssi!)).json()).toMatchObject({ longestDays: 400, canDecide: true })
    expect((await range('PUT', rssi!, { shortestDays: 180, longestDays: 180 })).status).toBe(422)
    expect((await range('GET', rssi!, undefined, '11')).status).toBe(404)
    await range('PUT', rssi!, { shortestDays: 180, longestDays: 365 })
  })
})

describe('stores that machines report', () => {
  const send = async (stores: readonly object[], code = uai, query = '') =>
    api.request(`/v1/collect/log-stores${query}`, {
      method: 'POST',
      json: { stores },
      as: await api.token('evidence:write', { kind: 'etablissement', code }),
    })
  const aStore = (source: string, oldest: string) => ({
    ...{ source, oldestAt: oldest, newestAt: '2026-11-16T08:59:00Z', bytes: 5_000_000 },
    ...{ freeBytes: 40, capacityBytes: 100 },
  })

  it('are judged, kept once a day, and make evidence at once', async () => {
    const place = await anEtablissement().college().insert(db)
    const { id } = await created({ uai: place })
    const answer = await send([aStore(id, '2026-10-01T00:00:00Z')], place)
    expect(answer.status).toBe(202)
    expect(await answer.json()).toMatchObject({
      recorded: true,
      stores: [{ retention: 'too_short', retentionDays: 46 }],
    })
    await send([aStore(id, '2026-02-01T00:00:00Z')], place)
    expect(await evidenceOf(place)).toMatchObject({
      'logs.sources': 1,
      'logs.sources_too_short': 0,
      'logs.retention': 288,
      'logs.storage_free_ratio': 0.4,
    })
    const [source] = (await logsOf(rssi!, place)).sources
    expect(source).toMatchObject({ retention: 'within', retentionDays: 288, store: { freeRatio: 0.4 } })
  })

  it('keep nothing on a dry run', async () => {
    const place = await anEtablissement().college().insert(db)
    const { id } = await created({ uai: place })
    const answer = await send([aStore(id, '2026-10-01T00:00:00Z')], place, '?dryRun=true')
    expect(await answer.json()).toMatchObject({ recorded: false, stores: [{ retention: 'too_short' }] })
    expect((await logsOf(rssi!, place)).sources[0]?.store).toBeNull()
    expect(await evidenceOf(place)).toEqual({})
  })

  it('are refused whole when one is unknown, elsewhere, doubled or to come', async () => {
    const { id } = await created()
    const elsewhere = await anEtablissement().college().insert(db)
    expect((await send([aStore(id, '2026-10-01T00:00:00Z')], elsewhere)).status).toBe(422)
    const twice = await send([aStore(id, '2026-10-01T00:00:00Z'), aStore(id, '2026-10-01T00:00:00Z')])
    expect(await twice.json()).toMatchObject({ errors: [{ pointer: '/stores/1/source' }] })
    const late = { ...aStore(id, '2026-10-01T00:00:00Z'), newestAt: '2026-11-17T00:00:00Z' }
    expect((await send([late])).status).toBe(422)
    expect((await send([{ ...aStore(id, '2026-10-01T00:00:00Z'), capacityBytes: 10 }])).status).toBe(422)
  })
})

const evidenceOf = async (of: string) => {
  const { evidenceCurrent: held } = schema
  const rows = await db.transact(WORKER, (tx) =>
    tx.select({ key: held.key, value: held.value }).from(held).where(eq(held.uai, of)),
  )
  return Object.fromEntries(rows.map(({ key, value }) => [key, value]))
}

describe('what journals show and prove', () => {
  it('is told per source and per day, and recorded each night', async () => {
    const place = await anEtablissement().college().insert(db)
    const { id } = await created({ uai: place })
    const now = clock.now()
    const hour = (ago: number) => new Date(Math.floor(now.getTime() / 3_600_000 - ago) * 3_600_000)
    const row = (ago: number, more: object) => ({
      ...{ sourceId: id, hour: hour(ago), received: 100, structured: 98, loginAccepted: 6, loginRefused: 4 },
      ...{ mailSent: 2, mailAuthored: 2, missing: 0, repeated: 1 },
      ...more,
    })
    await db.transact(WORKER, async (tx) => {
      await tx.insert(schema.logHour).values([row(1, {}), row(2, {}), row(300, { received: 5 })])
      await tx
        .update(schema.logSource)
        .set({ lastMessageAt: hour(0), createdAt: hour(400) })
        .where(eq(schema.logSource.id, id))
    })
    const { sources, days } = await logsOf(rssi!, place)
    expect(sources[0]).toMatchObject({
      reception: 'receiving',
      week: { received: 200, accepted: 12, refused: 8, repeated: 2, heardHours: 2, expectedHours: 168 },
    })
    expect(days).toHaveLength(30)
    expect(days.at(-1)).toEqual({ day: '2026-11-16', accepted: 12, refused: 8 })
    await reportLogEvidence(contextOf(api.deps))
    expect(await evidenceOf(place)).toMatchObject({
      'logs.sources': 1,
      'logs.structured_ratio': 0.98,
      'logs.continuity_ratio': 2 / 168,
      'logs.transport_encrypted': true,
      'mail.sent': 4,
    })
  })
})
