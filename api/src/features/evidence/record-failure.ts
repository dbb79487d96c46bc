import { recordset, type Tx } from '@vigie/db'
import type { EvidenceKey } from '@vigie/rules'
import { sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { markDue } from './mark-due.ts'

export interface CollectionFailure {
  readonly uai: string
  readonly keys: readonly EvidenceKey[]
}

/**
 * Records, in the caller's transaction, that the collection of these keys failed for one establishment: a failure is
 * no absence. `reason` is French, without secret. What is already known stays until it expires.
 */
export const recordFailure = (
  tx: Tx,
  ctx: Context,
  uai: string,
  keys: readonly EvidenceKey[],
  collector: string,
  reason: string,
): Promise<void> => recordFailures(tx, ctx, [{ uai, keys }], collector, reason)

/** Like `recordFailure`, for any number of establishments. */
export async function recordFailures(
  tx: Tx,
  ctx: Context,
  failures: readonly CollectionFailure[],
  collector: string,
  reason: string,
): Promise<void> {
  if (failures.length === 0) return
  const at = ctx.clock.now()
  const instant = at.toISOString()
  const pairs = failures.flatMap(({ uai, keys }) => keys.map((key) => ({ uai, key })))
  await tx.execute(sql`
    insert into collection_failure (uai, key, collector, failed_at, reason)
    select distinct r.uai, r.key, ${collector}::text, ${instant}::timestamptz, ${reason}::text
    from ${recordset(pairs, 'r(uai text, key text)')} order by r.uai, r.key
    on conflict (uai, key) do update set
      collector = excluded.collector, failed_at = excluded.failed_at, reason = excluded.reason`)
  const uais = failures.map(({ uai }) => ({ uai }))
  await tx.execute(sql`
    insert into collector_activity (uai, collector, last_failure_at, last_error)
    select distinct r.uai, ${collector}::text, ${instant}::timestamptz, ${reason}::text
    from ${recordset(uais, 'r(uai text)')} order by r.uai
    on conflict (uai, collector) do update set
      last_failure_at = excluded.last_failure_at, last_error = excluded.last_error`)
  await markDue(tx, new Set(failures.map(({ uai }) => uai)), at)
}
