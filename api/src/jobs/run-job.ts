import type { Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'
import type { Context } from '../context.ts'
import type { Job } from './job.ts'

const WORKER = { role: 'vigie_worker' } as const

interface Run {
  readonly startedAt: Date
  readonly endedAt: Date
  readonly durationMs: number
  readonly succeeded: boolean
}

const keep = (tx: Tx, job: string, { startedAt, endedAt, durationMs, succeeded }: Run) => {
  const at = sql`${endedAt.toISOString()}::timestamptz`
  return tx.execute(sql`
    insert into job_activity as known (job, last_started_at, last_success_at, last_failure_at, last_duration_ms)
    values (${job}, ${startedAt.toISOString()}::timestamptz, ${succeeded ? at : sql`null`},
      ${succeeded ? sql`null` : at}, ${durationMs}::int)
    on conflict (job) do update set
      last_started_at = greatest(known.last_started_at, excluded.last_started_at),
      last_success_at = coalesce(excluded.last_success_at, known.last_success_at),
      last_failure_at = coalesce(excluded.last_failure_at, known.last_failure_at),
      last_duration_ms = excluded.last_duration_ms`)
}

/** A run that cannot be kept was run all the same. */
async function note(ctx: Context, job: string, run: Run): Promise<void> {
  ctx.metrics.jobs.ran(job, run.succeeded ? 'success' : 'failure')
  try {
    await ctx.db.transact(WORKER, (tx) => keep(tx, job, run))
  } catch (error) {
    ctx.log.error({ err: error }, 'the run of a job could not be kept')
  }
}

/** Runs a job once: its outcome is counted in this process, and kept for all. Errors: the job's. */
export async function runJob(ctx: Context, job: Job, signal: AbortSignal): Promise<void> {
  const startedAt = ctx.clock.now()
  const start = performance.now()
  const ended = (succeeded: boolean): Run => ({
    ...{ startedAt, succeeded },
    endedAt: ctx.clock.now(),
    durationMs: Math.round(performance.now() - start),
  })
  try {
    await job.run(ctx, signal)
  } catch (error) {
    ctx.log.error({ err: error }, 'job failed')
    await note(ctx, job.name, ended(false))
    throw error
  }
  await note(ctx, job.name, ended(true))
}

/** Forgets the sources that left the collection file: nothing would ever tell of them again. */
export async function forgetRuns(
  ctx: Context,
  prefixes: { readonly job: string; readonly collector: string },
  sources: readonly string[],
): Promise<void> {
  const kept = (prefix: string) => JSON.stringify(sources.map((name) => `${prefix}${name}`))
  await ctx.db.transact(WORKER, async (tx) => {
    await tx.execute(sql`
      delete from job_activity where starts_with(job, ${prefixes.job})
        and job not in (select json_array_elements_text(${kept(prefixes.job)}::text::json))`)
    await tx.execute(sql`
      delete from collector_newest_run where starts_with(collector, ${prefixes.collector})
        and collector not in (select json_array_elements_text(${kept(prefixes.collector)}::text::json))`)
  })
}
