import { trendOf, type RetainedStatus, type ServiceTrend } from '@vigie/rules'
import { rowsOf, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'
import type { Standing } from './standing.ts'

/** In: an establishment, its standings, the civil day that starts the period and its zone. Out: movement per service. */
export async function serviceTrends(
  tx: Tx,
  uai: string,
  standings: readonly Standing[],
  since: { readonly day: string; readonly timeZone: string },
): Promise<ReadonlyMap<string, ServiceTrend>> {
  const rows = rowsOf<{ requirement: string; then: RetainedStatus | null }>(
    await tx.execute(sql`
      select distinct on (c.requirement) c.requirement, c.from_status as then
      from status_change c
      where c.uai = ${uai} and c.at >= ${since.day}::timestamp at time zone ${since.timeZone}
      order by c.requirement, c.at, c.id`),
  )
  const then = new Map(rows.map((row) => [row.requirement, row.then ?? 'unknown']))
  const byService = Map.groupBy(standings, (standing) => standing.service)
  return new Map(
    [...byService].map(([service, items]) => [
      service,
      trendOf(items.map(({ id, status }) => ({ then: then.get(id) ?? status, now: status }))),
    ]),
  )
}
