import type { CollectorRun } from '@vigie/collectors'
import type { Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'

/** Keeps the newest run of a collector, whatever it brought back: nothing found is a success. */
export async function noteNewestRun(tx: Tx, collector: string, run: CollectorRun): Promise<void> {
  const startedAt = sql`${run.startedAt.toISOString()}::timestamptz`
  await tx.execute(sql`
    insert into collector_newest_run as known (collector, started_at, duration_ms, outcome, last_success_at)
    values (${collector}, ${startedAt}, ${run.durationMs}::int, ${run.outcome},
      ${run.outcome === 'failed' ? sql`null` : startedAt})
    on conflict (collector) do update set started_at = excluded.started_at, duration_ms = excluded.duration_ms,
      outcome = excluded.outcome, last_success_at = coalesce(excluded.last_success_at, known.last_success_at)
    where known.started_at <= excluded.started_at`)
}
