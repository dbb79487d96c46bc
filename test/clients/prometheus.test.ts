import { collectSource } from '@vigie/api/features/collection/collect-source.ts'
import { openSource } from '@vigie/api/features/collection/collect-file.ts'
import type { CollectionSource } from '@vigie/api/features/collection/collection-source.ts'
import { prometheusSection } from '@vigie/api/features/collection/sources/prometheus.ts'
import { evaluateDue } from '@vigie/api/features/evaluation/evaluate-etablissements.ts'
import type { Context } from '@vigie/api/context'
import { schema, type Database } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDatabase } from '../support/database.ts'
import { contextOf, depsOn } from '../support/deps.ts'
import { anEtablissement } from '../support/etablissement.ts'
import { uaiOf } from '../support/uai.ts'
import { aPrometheusStack, type PrometheusStack } from './prometheus-stack.ts'

const WORKER = { role: 'vigie_worker' } as const
const MAPPING = new URL('../../deploy/prometheus/vigie-mapping.json', import.meta.url).pathname
const UNKNOWN = uaiOf(9998)
let db: Database
let stack: PrometheusStack
let uai: string
let source: CollectionSource
let ctx: Context
beforeAll(async () => {
  db = await aDatabase()
  ctx = contextOf(depsOn(db, { clock: { now: () => new Date() } }))
  uai = await anEtablissement().college().insert(db)
  stack = await aPrometheusStack(uai, UNKNOWN)
  source = await openSource(
    prometheusSection,
    { name: 'essai', url: stack.url.href, mapping: MAPPING, retries: 0 },
    '.',
  )
})
afterAll(async () => {
  await stack?.close()
  await db?.close()
})

const currentOf = async (key: string) =>
  (
    await db.transact(WORKER, (tx) =>
      tx.select().from(schema.evidenceCurrent).where(eq(schema.evidenceCurrent.uai, uai)),
    )
  ).find((row) => row.key === key)
const statusOf = async (requirement: string) =>
  (
    await db.transact(WORKER, (tx) =>
      tx.select().from(schema.requirementStatus).where(eq(schema.requirementStatus.uai, uai)),
    )
  ).find((row) => row.requirement === requirement)

describe('a real Prometheus with node_exporter and blackbox_exporter', () => {
  it('gives evidence of the establishment, and an UAI that the annuaire lacks is counted, not fatal', async () => {
    const seconds = Math.floor(Date.now() / 1_000)
    await stack.expose([
      `vigie_backup_last_success_timestamp_seconds ${seconds - 7_200}`,
      'vigie_backup_schedule_interval_seconds 86400',
      'vigie_log_retention_seconds NaN',
    ])
    await stack.waitFor(`vigie_backup_schedule_interval_seconds{uai="${uai}"}`)
    await stack.waitFor(`sum by (uai) (up{uai="${UNKNOWN}"}) == 1`)
    await stack.waitFor(
      `sum by (uai) (up{uai="${uai}"}) == 3 and count by (uai) (up) == 4 and sum by (uai) (probe_success) == 1`,
    )
    const report = await collectSource(ctx, source)
    expect(report).toMatchObject({ outcome: 'success', etablissements: 1, unknownUais: [UNKNOWN], failed: 0 })
    expect(await currentOf('supervision.targets')).toMatchObject({ value: 4, collector: 'prometheus:essai' })
    expect(await currentOf('supervision.targets_up')).toMatchObject({ value: 2 })
    expect(await currentOf('supervision.alerting')).toMatchObject({ value: false })
    expect(await currentOf('supervision.probe_success_ratio')).toMatchObject({ value: 0.5 })
    expect(await currentOf('supervision.disk_metrics')).toMatchObject({ value: true })
    expect((await currentOf('backup.last_success_age'))?.value).toBeCloseTo(2, 1)
    expect(await currentOf('backup.schedule_interval')).toMatchObject({ value: 24 })
    expect(await currentOf('logs.retention')).toBeUndefined()
  })

  it('moves the verdicts that rest on it', async () => {
    await evaluateDue(ctx)
    expect(await statusOf('MCO-SVG-2')).toMatchObject({ verdict: 'compliant', basis: 'observed' })
  })

  it('leaves a series that vanishes to go stale: an absence is no failure', async () => {
    await stack.expose([])
    await stack.waitFor(`absent(vigie_backup_schedule_interval_seconds{uai="${uai}"})`)
    const before = await currentOf('backup.schedule_interval')
    await collectSource(ctx, source)
    expect(await currentOf('backup.schedule_interval')).toEqual(before)
    const failures = await db.transact(WORKER, (tx) => tx.select().from(schema.collectionFailure))
    expect(failures).toEqual([])
  })

  it('is recorded as failed, for what it had informed, when it no longer answers', async () => {
    await stack.stopPrometheus()
    const report = await collectSource(ctx, source)
    expect(report).toMatchObject({ outcome: 'failed', etablissements: 0, failed: 1 })
    const failures = await db.transact(WORKER, (tx) => tx.select().from(schema.collectionFailure))
    expect(failures.map(({ key }) => key)).toContain('supervision.targets_up')
    expect(new Set(failures.map((row) => row.uai))).toEqual(new Set([uai]))
    const [activity] = await db.transact(WORKER, (tx) => tx.select().from(schema.collectorActivity))
    expect(activity?.lastError).toContain('connexion refusée')
    await evaluateDue(ctx)
    expect(await statusOf('MCO-SVG-2')).toMatchObject({ verdict: 'compliant' })
  })
})
