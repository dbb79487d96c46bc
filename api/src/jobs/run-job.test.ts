import { schema, type Database } from '@vigie/db'
import { aClock } from '@vigie/test/support/clock.ts'
import { aDatabase } from '@vigie/test/support/database.ts'
import { contextOf, depsOn } from '@vigie/test/support/deps.ts'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Context } from '../context.ts'
import { startJobs } from './index.ts'
import type { Job } from './job.ts'
import { forgetRuns, runJob } from './run-job.ts'

const WORKER = { role: 'vigie_worker' } as const
const NEVER = new AbortController().signal
const clock = aClock('2026-11-16T09:00:00Z')
let db: Database
let ctx: Context
beforeAll(async () => {
  db = await aDatabase()
  ctx = contextOf(depsOn(db, { clock }))
})
afterAll(() => db.close())

const aJob = (name: string, run: Job['run']): Job => ({ name, expireInSeconds: 10, run })
const activityOf = async (job: string) =>
  (await db.transact(WORKER, (tx) => tx.select().from(schema.jobActivity))).find((row) => row.job === job)

describe('a job', () => {
  it('leaves its newest run, and keeps its last success through failures', async () => {
    const works = aJob('essai', () => {
      clock.advance(1_000)
      return Promise.resolve()
    })
    await runJob(ctx, works, NEVER)
    const succeeded = new Date('2026-11-16T09:00:01Z')
    expect(await activityOf('essai')).toMatchObject({ lastSuccessAt: succeeded, lastFailureAt: null })
    clock.advance(60_000)
    const fails = aJob('essai', () => Promise.reject(new Error('refused')))
    await expect(runJob(ctx, fails, NEVER)).rejects.toThrow('refused')
    expect(await activityOf('essai')).toMatchObject({
      lastSuccessAt: succeeded,
      lastFailureAt: clock.now(),
      lastStartedAt: clock.now(),
    })
    const text = await ctx.metrics.registry.metrics()
    for (const outcome of ['success', 'failure'])
      expect(text).toContain(`job_runs_total{task="essai",outcome="${outcome}"} 1`)
  })

  it('is run even when its run cannot be kept', async () => {
    const run = vi.fn(() => Promise.resolve())
    const lone = { ...ctx, db: { ...db, transact: () => Promise.reject(new Error('away')) } }
    await runJob(lone, aJob('seul', run), NEVER)
    expect(run).toHaveBeenCalledOnce()
  })

  it('of a source that left the collection file is forgotten, with its collector', async () => {
    for (const source of ['gardee', 'partie'])
      await runJob(
        ctx,
        aJob(`collecte-${source}`, () => Promise.resolve()),
        NEVER,
      )
    await db.transact(WORKER, (tx) =>
      tx.insert(schema.collectorNewestRun).values(
        ['prom:gardee', 'prom:partie'].map((collector) => ({
          ...{ collector, startedAt: clock.now(), durationMs: 5, outcome: 'success' as const },
        })),
      ),
    )
    await forgetRuns(ctx, { job: 'collecte-', collector: 'prom:' }, ['gardee'])
    expect(await activityOf('collecte-gardee')).toBeDefined()
    expect(await activityOf('collecte-partie')).toBeUndefined()
    expect(await activityOf('essai')).toBeDefined()
    const collectors = await db.transact(WORKER, (tx) => tx.select().from(schema.collectorNewestRun))
    expect(collectors.map(({ collector }) => collector)).toEqual(['prom:gardee'])
  })
})

describe('the verification of the journal', () => {
  it('is done when Vigie starts for the first time, and kept', async () => {
    const jobs = await startJobs(ctx)
    try {
      await vi.waitFor(
        async () => {
          const [kept] = await db.transact(WORKER, (tx) => tx.select().from(schema.journalVerification))
          expect(kept).toMatchObject({ outcome: 'whole', firstBreak: null })
          expect(await activityOf('verify-journal')).toMatchObject({ lastFailureAt: null })
        },
        { timeout: 50_000, interval: 250 },
      )
    } finally {
      await jobs.stop()
    }
  }, 80_000)
})
