import { recordset, rowsOf, type Tx } from '@vigie/db'
import { expiryOf, type EvidenceKey, type EvidenceValue } from '@vigie/rules'
import { sql, type SQL } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { markDue } from './mark-due.ts'

/** One dated observation; `observedAt` is when it was true. */
export interface ObservedValue {
  readonly key: EvidenceKey
  readonly value: EvidenceValue
  readonly observedAt: Date
}

export interface EtablissementObservation extends ObservedValue {
  readonly uai: string
}

/** Where it was true (an exporter, an agent, a system's name) and which collector reported it. */
export interface EvidenceOrigin {
  readonly source: string
  readonly collector: string
}

const COLUMNS = 'r(uai text, key text, value jsonb, "observedAt" timestamptz, "expiresAt" timestamptz)'

/** Creates the months that hold these observations. Call it before the transaction that records them. */
export const prepareEvidence = (
  ctx: Context,
  observations: Iterable<{ readonly observedAt: Date }>,
): Promise<void> => {
  const moments = new Map<string, Date>()
  for (const { observedAt } of observations) moments.set(observedAt.toISOString().slice(0, 7), observedAt)
  return ctx.db.ensureMonths('evidence', moments.values())
}

/**
 * Records observations of one establishment in the caller's transaction, after `prepareEvidence`. The same
 * observation recorded twice is kept once. Out: how many were new. The establishment is due for evaluation.
 */
export const recordEvidence = (
  tx: Tx,
  ctx: Context,
  uai: string,
  observations: readonly ObservedValue[],
  origin: EvidenceOrigin,
): Promise<{ recorded: number }> =>
  recordEvidenceOfMany(
    tx,
    ctx,
    observations.map((observation) => ({ ...observation, uai })),
    origin,
  )

/** Like `recordEvidence`, for any number of establishments: the number of statements does not grow with them. */
export async function recordEvidenceOfMany(
  tx: Tx,
  ctx: Context,
  observations: readonly EtablissementObservation[],
  origin: EvidenceOrigin,
): Promise<{ recorded: number }> {
  if (observations.length === 0) return { recorded: 0 }
  const rows = recordset(
    observations.map(({ uai, key, value, observedAt }) => ({
      uai,
      key,
      value,
      observedAt: observedAt.toISOString(),
      expiresAt: new Date(expiryOf(key, observedAt.getTime())).toISOString(),
    })),
    COLUMNS,
  )
  const receivedAt = ctx.clock.now().toISOString()
  // The row locks of the newest evidence come first: they serialise two deliveries of the same observations.
  await keepNewest(tx, rows, receivedAt, origin)
  const recorded = await append(tx, rows, receivedAt, origin)
  await forgetFailures(tx, rows, receivedAt)
  await noteSuccess(tx, rows, receivedAt, origin)
  await markDue(tx, new Set(observations.map(({ uai }) => uai)), ctx.clock.now())
  return { recorded }
}

const keepNewest = (tx: Tx, rows: SQL, receivedAt: string, { source, collector }: EvidenceOrigin) =>
  tx.execute(sql`
    insert into evidence_current as held
      (uai, key, value, observed_at, received_at, expires_at, source, collector)
    select distinct on (r.uai, r.key)
      r.uai, r.key, r.value, r."observedAt", ${receivedAt}::timestamptz, r."expiresAt", ${source}::text, ${collector}::text
    from ${rows}
    order by r.uai, r.key, r."observedAt" desc
    on conflict (uai, key) do update set
      value = excluded.value, observed_at = excluded.observed_at, received_at = excluded.received_at,
      expires_at = excluded.expires_at, source = excluded.source, collector = excluded.collector
    where excluded.observed_at > held.observed_at
      or (excluded.observed_at = held.observed_at
        and (excluded.value, excluded.source) is distinct from (held.value, held.source))`)

async function append(tx: Tx, rows: SQL, receivedAt: string, { source, collector }: EvidenceOrigin) {
  const result = await tx.execute(sql`
    with added as (
      insert into evidence (uai, key, value, observed_at, received_at, source, collector)
      select distinct r.uai, r.key, r.value, r."observedAt", ${receivedAt}::timestamptz, ${source}::text, ${collector}::text
      from ${rows}
      where not exists (
        select 1 from evidence known
        where known.uai = r.uai and known.key = r.key and known.observed_at = r."observedAt"
          and known.source = ${source}::text and known.value = r.value
      )
      returning 1
    )
    select count(*)::int as recorded from added`)
  return rowsOf<{ recorded: number }>(result)[0]?.recorded ?? 0
}

const forgetFailures = (tx: Tx, rows: SQL, receivedAt: string) =>
  tx.execute(sql`
    delete from collection_failure f using (select distinct r.uai, r.key from ${rows}) seen
    where f.uai = seen.uai and f.key = seen.key and f.failed_at <= ${receivedAt}::timestamptz`)

const noteSuccess = (tx: Tx, rows: SQL, receivedAt: string, { collector }: EvidenceOrigin) =>
  tx.execute(sql`
    insert into collector_activity as known (uai, collector, last_success_at)
    select distinct r.uai, ${collector}::text, ${receivedAt}::timestamptz from ${rows} order by r.uai
    on conflict (uai, collector) do update set
      last_success_at = greatest(known.last_success_at, excluded.last_success_at)`)
