import type { CollectedAvailability, CollectorRun } from '@vigie/collectors'
import { schema, type Database } from '@vigie/db'
import { anApi, type Api, type Credentials } from '@vigie/test/support/api.ts'
import { aClock } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { uaiOf } from '@vigie/test/support/uai.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordCollection } from '../collection/record-collection.ts'
import type { Supervision } from './schema.ts'

const WORKER = { role: 'vigie_worker' } as const
const HOUR = 3_600_000
const UNKNOWN = uaiOf(9_997)
const clock = aClock('2026-11-16T09:00:00Z')
let db: Database
let api: Api
let uai: string
let head: Credentials
beforeAll(async () => {
  db = await aDatabase()
  const { config } = depsOn(db)
  api = anApi(db, { clock, config: { ...config, readsPrometheus: true } })
  uai = await anEtablissement().college().insert(db)
  head = await api.signIn('chef_etablissement', { kind: 'etablissement', code: uai })
})
afterAll(() => db.close())

const read = async () =>
  (await (await api.request(`/v1/etablissements/${uai}/supervision`, { as: head })).json()) as Supervision
const serviceOf = ({ services }: Supervision, id: string) => services.find(({ service }) => service === id)
const share = (changes: Partial<CollectedAvailability> = {}): CollectedAvailability => ({
  uai,
  service: 'UTI-PUB',
  span: '1d',
  ratio: 0.5,
  observedAt: clock.now(),
  ...changes,
})
const collect = (run: Partial<CollectorRun>, name = 'prometheus:rectorat') =>
  recordCollection(contextOf(api.deps), WORKER, name, {
    collector: 'prometheus',
    startedAt: clock.now(),
    durationMs: 12,
    outcome: 'success',
    error: null,
    attempts: 1,
    evidence: [],
    availability: [],
    failures: [],
    ignored: [],
    ...run,
  })
const seen = (
  key: 'supervision.targets' | 'supervision.targets_up' | 'supervision.disk_free_ratio',
  value: number,
) => ({
  uai,
  key,
  value,
  observedAt: clock.now(),
  source: 'Prometheus',
})

describe('the state of the services of an establishment', () => {
  it('says that nothing is known, in the 15 services, before anything is', async () => {
    const state = await read()
    expect(state.services).toHaveLength(15)
    expect(serviceOf(state, 'UTI-PUB')).toEqual({
      service: 'UTI-PUB',
      name: expect.any(String) as string,
      targets: 0,
      availability: { '1d': null, '7d': null, '30d': null },
      observedAt: null,
      stale: false,
    })
    expect(state.measures).toEqual({ diskFree: null, bandwidth: null })
    expect(state.targets).toEqual({
      count: 0,
      watched: null,
      answering: null,
      observedAt: null,
      stale: false,
    })
    expect(state.prometheus).toEqual({
      configured: true,
      lastSuccessAt: null,
      lastFailureAt: null,
      error: null,
    })
  })

  it('shows what Prometheus recorded, over day, week and month, and counts an unknown UAI', async () => {
    const report = await collect({
      evidence: [
        seen('supervision.targets', 4),
        seen('supervision.targets_up', 3),
        seen('supervision.disk_free_ratio', 0.2),
      ],
      availability: [
        share(),
        share({ span: '7d', ratio: 0.75 }),
        share({ span: '30d', ratio: 1 }),
        share({ uai: UNKNOWN }),
      ],
    })
    expect(report).toMatchObject({ availabilities: 3, unknownUais: [UNKNOWN], etablissements: 1 })
    await api.request(`/v1/etablissements/${uai}/targets`, {
      method: 'POST',
      as: head,
      json: { module: 'http', address: 'https://www.exemple.fr/', label: 'Site', service: 'UTI-PUB' },
    })
    const state = await read()
    expect(serviceOf(state, 'UTI-PUB')).toMatchObject({
      targets: 1,
      availability: { '1d': 0.5, '7d': 0.75, '30d': 1 },
      observedAt: '2026-11-16T09:00:00.000Z',
      stale: false,
    })
    expect(state.measures.diskFree).toEqual({
      ratio: 0.2,
      observedAt: '2026-11-16T09:00:00.000Z',
      stale: false,
    })
    expect(state.targets).toMatchObject({ count: 1, watched: 4, answering: 3 })
    expect(state.prometheus.lastSuccessAt).toBe('2026-11-16T09:00:00.000Z')
  })

  it('keeps the former figures with their date, and says them stale, when Prometheus no longer answers', async () => {
    clock.advance(7 * HOUR)
    head = await api.signIn('chef_etablissement', { kind: 'etablissement', code: uai })
    const keys = ['supervision.targets'] as const
    const reason = 'connexion refusée'
    await collect({ outcome: 'failed', error: reason, failures: [{ keys, uais: 'all', reason }] })
    const state = await read()
    expect(serviceOf(state, 'UTI-PUB')).toMatchObject({
      availability: { '1d': 0.5 },
      observedAt: '2026-11-16T09:00:00.000Z',
      stale: true,
    })
    expect(state.measures.diskFree).toMatchObject({ ratio: 0.2, stale: true })
    expect(state.targets.stale).toBe(true)
    expect(state.prometheus).toMatchObject({ error: reason, lastFailureAt: '2026-11-16T16:00:00.000Z' })
  })

  it('changes nothing when Prometheus has nothing to say', async () => {
    const before = serviceOf(await read(), 'UTI-PUB')
    expect(await collect({ outcome: 'no_data' })).toMatchObject({ outcome: 'no_data', availabilities: 0 })
    expect(serviceOf(await read(), 'UTI-PUB')).toEqual(before)
  })

  it('prefers the newest of two Prometheus, in whatever order they are read', async () => {
    await collect({ availability: [share({ ratio: 0.9 })] })
    const late = new Date(clock.now().getTime() - HOUR)
    await collect({ availability: [share({ ratio: 0.1, observedAt: late })] }, 'prometheus:autre')
    expect(serviceOf(await read(), 'UTI-PUB')).toMatchObject({ availability: { '1d': 0.9 } })
    const rows = await db.transact(WORKER, (tx) => tx.select().from(schema.serviceAvailability))
    expect(rows.find(({ span }) => span === '1d')?.source).toBe('prometheus:rectorat')
  })

  it('is not shown outside the perimeter', async () => {
    const other = await anEtablissement().college().insert(db)
    const response = await api.request(`/v1/etablissements/${other}/supervision`, { as: head })
    expect(response.status).toBe(404)
  })
})
