import { createMetrics } from '@vigie/api/metrics'
import { schema, type Database } from '@vigie/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fillMetrics } from '../bench/metrics-rows.ts'
import { anApi, type Api } from '../support/api.ts'
import { aDatabase } from '../support/database.ts'
import { depsOn } from '../support/deps.ts'
import { operationsOf, type Operation } from '../support/operations.ts'
import { fillPath, sampleParams } from './samples.ts'

/** The bounds that docs/exploitation/metriques.md promises. */
const MOST_WITHOUT = 3_000
const MOST_WITH = 50_000
const FIELD = { etablissements: 3_000, departements: 8, machinesEach: 7, holders: 2_000 }

const CHANNELS = ['http', 'radius', 'sign_in', 'activation', 'self_service', 'assistance']
const OF_TOKEN = ['accepted', 'bad_code', 'bad_pin', 'no_pin', 'replay']
const REASONS = {
  none: ['unknown', 'paused', 'locked', 'inactive', 'source_blocked'],
  ...{ hotp: OF_TOKEN, totp: OF_TOKEN },
  temporary: ['accepted', 'bad_code', 'bad_pin', 'no_pin'],
}
const JOBS = Array.from({ length: 25 }, (_, index) => `tache-${index}`)

let db: Database
beforeAll(async () => {
  db = await aDatabase()
  await fillMetrics(db, FIELD)
  const at = new Date('2026-11-16T06:00:00Z')
  await db.transact({ role: 'vigie_worker' }, async (tx) => {
    await tx
      .insert(schema.jobActivity)
      .values(JOBS.map((job) => ({ job, lastStartedAt: at, lastSuccessAt: at, lastDurationMs: 5 })))
    await tx.insert(schema.collectorNewestRun).values(
      Array.from({ length: 10 }, (_, index) => ({
        ...{ collector: `prometheus:source-${index}`, startedAt: at, durationMs: 5 },
        ...{ outcome: 'success' as const, lastSuccessAt: at },
      })),
    )
  })
}, 120_000)
afterAll(() => db.close())

function anApiWith(metricsEtablissements: boolean): Api {
  const { config } = depsOn(db)
  return anApi(db, {
    config: { ...config, metricsEtablissements },
    metrics: createMetrics({ processMetrics: true }),
  })
}

const templateOf = ({ path }: Operation) => path.replaceAll(/\{(\w+)\}/g, ':$1')

/** Every route called, with every status that it declares; every label of the verifications and of the jobs. */
async function live({ app, deps: { metrics }, request }: Api): Promise<void> {
  for (const operation of operationsOf(app)) {
    await request(fillPath(operation.path, sampleParams('0990001N')), { method: operation.method })
    for (const status of [...operation.statuses, 500])
      metrics.observeRequest(operation.method, templateOf(operation), status, 0.01)
  }
  for (const method of ['HEAD', 'OPTIONS', 'PROPFIND', 'GET', 'POST'])
    await request('/v1/une/adresse/absente', { method })
  for (const channel of CHANNELS)
    for (const [type, reasons] of Object.entries(REASONS))
      for (const reason of reasons) metrics.otp.verified({ channel, type, reason }, 0.01)
  for (const job of JOBS) metrics.jobs.declare(job)
}

async function seriesOf(api: Api): Promise<string[]> {
  const headers = { Authorization: 'Bearer metrics-token' }
  const answer = await api.request('/metrics', { headers })
  expect(answer.status).toBe(200)
  return (await answer.text()).split('\n').filter((line) => line && !line.startsWith('#'))
}

/** Series by name and labels, without the runtime's count of what it holds open, which lives its own life. */
const namesOf = async (api: Api): Promise<string[]> =>
  (await seriesOf(api))
    .map((line) => line.slice(0, line.lastIndexOf(' ')))
    .filter((name) => !name.startsWith('nodejs_active_'))
    .toSorted()

function familiesOf(series: readonly string[]): string {
  const prefixes = Map.groupBy(series, (line) => /^[a-z]+/.exec(line)?.[0] ?? '')
  return [...prefixes].map(([prefix, own]) => `${prefix} ${own.length}`).join(', ')
}

describe('series at 3,000 establishments, every route called with every status it declares', () => {
  it(`are ${MOST_WITHOUT} at most`, async () => {
    const api = anApiWith(false)
    await live(api)
    const series = await seriesOf(api)
    process.stdout.write(`${series.length} series: ${familiesOf(series)}\n`)
    expect(series.length).toBeLessThanOrEqual(MOST_WITHOUT)
    expect(series.filter((line) => line.includes('uai='))).toEqual([])
  })

  it(`are ${MOST_WITH} at most with those of each establishment, eight each`, async () => {
    const api = anApiWith(true)
    await live(api)
    const series = await seriesOf(api)
    process.stdout.write(`${series.length} series: ${familiesOf(series)}\n`)
    expect(series.length).toBeLessThanOrEqual(MOST_WITH)
    const own = series.filter((line) => line.includes('uai='))
    expect(own.length).toBeLessThanOrEqual(8 * FIELD.etablissements)
    expect(own.length).toBeGreaterThan(6 * FIELD.etablissements)
  })

  it('are the same whatever addresses and methods are sent', async () => {
    const api = anApiWith(false)
    await live(api)
    const before = await namesOf(api)
    for (let sent = 0; sent < 50; sent += 1) {
      await api.request(`/v1/etablissements/${sent}/inconnu-${sent}`)
      await api.request(`/v1/etablissements/0990${sent}A`, { method: 'HEAD' })
      await api.request('/v1/parc', { method: `METHODE${sent}` })
    }
    expect(await namesOf(api)).toEqual(before)
  })

  it('name no login, no serial and no person', async () => {
    const text = (await seriesOf(anApiWith(true))).join('\n')
    expect(text).not.toMatch(/porteur\.|ESSAI-|POSTE-|Essais|collecteur \d/)
  })
})
