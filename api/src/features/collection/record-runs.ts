import type { CollectorRun } from '@vigie/collectors'
import { recordset, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import type { FailuresByUai } from './record-collection.ts'

/** One row per establishment of a run: what it gave there. In: the establishments of this transaction. */
export async function recordRuns(
  tx: Tx,
  ctx: Context,
  collector: string,
  run: CollectorRun,
  uais: readonly string[],
  evidence: ReadonlyMap<string, readonly unknown[]>,
  failures: FailuresByUai,
): Promise<void> {
  const rows = uais.map((uai) => {
    const count = evidence.get(uai)?.length ?? 0
    const [reason] = failures.get(uai)?.values() ?? []
    return {
      id: ctx.random.uuid(),
      uai,
      outcome: count > 0 ? 'success' : 'failed',
      evidence_count: count,
      error: reason ?? null,
    }
  })
  await tx.execute(sql`
    insert into collection_run (id, uai, collector, started_at, duration_ms, outcome, evidence_count, error)
    select r.id, r.uai, ${collector}::text, ${run.startedAt.toISOString()}::timestamptz, ${run.durationMs}::int,
      r.outcome, r.evidence_count, r.error
    from ${recordset(rows, 'r(id uuid, uai text, outcome text, evidence_count integer, error text)')}`)
}
