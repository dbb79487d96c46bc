import type { CollectedAvailability } from '@vigie/collectors'
import { recordset, type Identity } from '@vigie/db'
import { sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'

/** Rows of one statement. */
const BATCH = 5_000

/**
 * Keeps the newest share of each service of each establishment and span; nothing is taken away, so that what a Prometheus
 * no longer says stays with its date. In: shares of known establishments, at most one per service and span.
 */
export async function recordAvailability(
  ctx: Context,
  identity: Identity,
  source: string,
  shares: readonly CollectedAvailability[],
): Promise<void> {
  for (let start = 0; start < shares.length; start += BATCH) {
    const rows = shares.slice(start, start + BATCH).map(({ uai, service, span, ratio, observedAt }) => ({
      uai,
      service,
      span,
      ratio,
      at: observedAt.toISOString(),
    }))
    await ctx.db.transact(identity, (tx) =>
      tx.execute(sql`
        insert into service_availability as held (uai, service, span, ratio, observed_at, source)
        select r.uai, r.service, r.span, r.ratio, r.at, ${source}::text
        from ${recordset(rows, 'r(uai text, service text, span text, ratio float8, at timestamptz)')}
        order by r.uai, r.service, r.span
        on conflict (uai, service, span) do update set
          ratio = excluded.ratio, observed_at = excluded.observed_at, source = excluded.source
        where excluded.observed_at >= held.observed_at`),
    )
  }
}
