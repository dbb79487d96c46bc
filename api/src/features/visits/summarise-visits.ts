import { recordset, rowsOf, type Tx } from '@vigie/db'
import { REQUIREMENTS } from '@vigie/rules'
import { sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { nameAuthors } from '../bordereaux/people.ts'
import { isoOf } from '../conformity/instants.ts'
import type { VisitSummary } from './schema.ts'

export type SummaryRow = Omit<VisitSummary, 'etablissement' | 'campaign' | 'officer'> & {
  readonly name: string
  readonly commune: string
  readonly degree: 'd1' | 'd2'
  readonly departement: string
  readonly campaignId: string | null
  readonly campaignName: string | null
  readonly officer: string
}

/** In: visits that the caller sees. Out: each with its place and its counts, the newest first. */
export async function summaryRows(tx: Tx, ids: readonly string[]): Promise<SummaryRow[]> {
  if (ids.length === 0) return []
  const found = await tx.execute(sql`
    select v.id, v.uai, e.name, e.commune, e.degree, e.departement, c.id as "campaignId", c.name as "campaignName",
      v.officer, v.visited_on::text as "visitedOn", ${isoOf(sql`v.created_at`)} as "createdAt",
      ${isoOf(sql`v.closed_at`)} as "closedAt", v.note,
      case when v.campaign_id is null then ${REQUIREMENTS.length}::int
        else (select count(*)::int from campaign_requirement r where r.campaign_id = v.campaign_id) end as total,
      (select count(*)::int from visit_answer a where a.visit_id = v.id and a.standing) as answered,
      (select count(*)::int from visit_answer a where a.visit_id = v.id and a.conflicts_with is not null) as conflicts
    from visit v join etablissement e on e.uai = v.uai left join campaign c on c.id = v.campaign_id
    join ${recordset(
      ids.map((id) => ({ id })),
      'w(id uuid)',
    )} on w.id = v.id
    order by v.visited_on desc, v.created_at desc, v.id`)
  return rowsOf<SummaryRow>(found)
}

/** In: rows of visits. Out: the same, as the API gives them, with the names of people. */
export async function presentSummaries(ctx: Context, rows: readonly SummaryRow[]): Promise<VisitSummary[]> {
  const nameOf = await nameAuthors(
    ctx,
    rows.map(({ officer }) => officer),
  )
  return rows.map(({ name, commune, degree, departement, campaignId, campaignName, officer, ...row }) => ({
    ...row,
    etablissement: { name, commune, degree, departement },
    campaign: campaignId === null ? null : { id: campaignId, name: campaignName ?? '' },
    officer: { id: officer, name: nameOf(officer) },
  }))
}
