import { rowsOf, type Tx } from '@vigie/db'
import { sql, type SQL } from 'drizzle-orm'
import type { Totals } from './schema.ts'

/** Sums over rows of `campaign_etablissement` named `c`; zeros over no row. */
export const TOTALS: SQL = sql.raw(`count(c.uai)::int as etablissements,
  coalesce(sum(c.total), 0)::int as total, coalesce(sum(c.observed), 0)::int as observed,
  coalesce(sum(c.answered), 0)::int as answered, coalesce(sum(c.findings), 0)::int as findings,
  count(*) filter (where c.observed + c.answered >= c.total)::int as complete,
  count(*) filter (where c.answered = 0 and c.visited_at is null)::int as untouched,
  count(c.officer)::int as assigned,
  count(*) filter (where c.visit_on is not null or c.visited_at is not null)::int as planned,
  count(c.visited_at)::int as visited`)

export const NO_TOTALS: Totals = {
  etablissements: 0,
  total: 0,
  observed: 0,
  answered: 0,
  findings: 0,
  complete: 0,
  untouched: 0,
  assigned: 0,
  planned: 0,
  visited: 0,
}

/** In: campaigns. Out: the totals of each over the establishments that the caller sees. */
export async function totalsOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Totals>> {
  if (ids.length === 0) return new Map()
  const wanted = sql.join(
    ids.map((id) => sql`${id}::uuid`),
    sql`, `,
  )
  const found = await tx.execute(sql`
    select c.campaign_id as id, ${TOTALS} from campaign_etablissement c
    where c.campaign_id in (${wanted}) group by 1`)
  return new Map(rowsOf<Totals & { id: string }>(found).map(({ id, ...totals }) => [id, totals]))
}
