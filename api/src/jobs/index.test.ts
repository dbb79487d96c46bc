import { schema, type Database } from '@vigie/db'
import { aClock } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { anEtablissement } from '@vigie/test/support/etablissement.ts'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { prepareEvidence, recordEvidence } from '../features/evidence/record-evidence.ts'
import { JOB_LABELS } from '../features/live/machinery.ts'
import { JOBS, startJobs, type RunningJobs } from './index.ts'

const WORKER = { role: 'vigie_worker' } as const
const clock = aClock('2026-11-16T09:00:00Z')
let db: Database
const running: RunningJobs[] = []
beforeAll(async () => {
  db = await aDatabase()
  const deps = depsOn(db, { clock })
  running.push(await startJobs(deps, { watchEveryMs: 200 }))
  running.push(await startJobs(deps, { watchEveryMs: 200 }))
})
afterAll(async () => {
  await Promise.all(running.map((jobs) => jobs.stop()))
  await db.close()
})

async function observe(uai: string, hours: number) {
  const ctx = contextOf(depsOn(db, { clock }))
  const observations = [
    { key: 'backup.last_success_age', value: hours, observedAt: clock.now() },
    { key: 'backup.success_ratio_30d', value: 1, observedAt: clock.now() },
  ] as const
  await prepareEvidence(ctx, observations)
  await db.transact(WORKER, (tx) =>
    recordEvidence(tx, ctx, uai, observations, { source: 'sauvegarde.test', collector: 'essai' }),
  )
}
const statusOf = async (uai: string) =>
  (
    await db.transact(WORKER, (tx) =>
      tx
        .select()
        .from(schema.requirementStatus)
        .where(
          and(eq(schema.requirementStatus.uai, uai), eq(schema.requirementStatus.requirement, 'MCO-SVG-1')),
        ),
    )
  )[0]
const until = (uai: string, expected: object) =>
  vi.waitFor(async () => expect(await statusOf(uai)).toMatchObject(expected), {
    timeout: 15_000,
    interval: 100,
  })

it('every job has its name on screen, and every name its job', () => {
  expect(Object.keys(JOB_LABELS).toSorted()).toEqual(JOBS.map(({ name }) => name).toSorted())
})

describe('jobs, with two workers on one database', () => {
  it('evaluates when evidence arrives, and again when it goes stale, without any command', async () => {
    const uai = await anEtablissement().insert(db)
    await observe(uai, 5)
    await until(uai, { verdict: 'compliant' })
    clock.advance(5 * 86_400_000)
    await until(uai, { verdict: 'unknown', unknownReason: 'stale' })
    await observe(uai, 900)
    await until(uai, { verdict: 'non_compliant' })
  })

  it('seals the journal by itself', async () => {
    const pending = () => db.asOwner((tx) => tx.select().from(schema.journalPending))
    const batches = () => db.asOwner((tx) => tx.select().from(schema.journalBatch))
    await observe(await anEtablissement().insert(db), 5)
    await vi.waitFor(
      async () => {
        expect((await batches()).length).toBeGreaterThan(0)
        expect(await pending()).toEqual([])
      },
      { timeout: 25_000, interval: 250 },
    )
  })

  it('evaluates each establishment once, however many workers and observations there are', async () => {
    const uais = await Promise.all(Array.from({ length: 20 }, () => anEtablissement().insert(db)))
    for (const uai of uais) await observe(uai, 5)
    for (const uai of uais) await until(uai, { verdict: 'compliant' })
    const changes = await db.transact(WORKER, (tx) =>
      tx.select().from(schema.statusChange).where(eq(schema.statusChange.requirement, 'MCO-SVG-1')),
    )
    for (const uai of uais) expect(changes.filter((change) => change.uai === uai)).toHaveLength(1)
  })
})
