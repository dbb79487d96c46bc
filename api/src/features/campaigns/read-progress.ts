import { rowsOf } from '@vigie/db'
import { sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { nameAuthors } from '../bordereaux/people.ts'
import { isoOf } from '../conformity/instants.ts'
import { departementName } from '../etablissements/labels.ts'
import { findCampaign, todayFor } from './find-campaign.ts'
import { narrowed } from './narrow.ts'
import type { Progress, ProgressQuery, Totals } from './schema.ts'
import { TOTALS } from './totals.ts'

const ORDERS: Readonly<Record<ProgressQuery['sort'], string>> = {
  name: 'e.name, c.uai',
  progress: '(c.observed + c.answered)::float8 / greatest(c.total, 1), e.name, c.uai',
  visit: 'c.visited_at is not null, c.visit_on nulls last, e.name, c.uai',
  findings: 'c.findings desc, e.name, c.uai',
}

type Row = Omit<Progress['rows'][number], 'officer'> & { readonly officer: string | null }

/** One page of the establishments of a campaign, with totals over all those of the filter. Errors: `forbidden`, `not_found`. */
export async function readProgress(ctx: Context, id: string, query: ProgressQuery): Promise<Progress> {
  const identity = authorise(ctx.actor, 'campaign:read')
  const { rows, totals, departements } = await ctx.db.transact(identity, async (tx) => {
    const campaign = await findCampaign(tx, id)
    const today = todayFor(ctx, campaign.academie)
    const where = narrowed(id, query, ctx.actor, today)
    const everywhere = narrowed(id, { ...query, departement: undefined }, ctx.actor, today)
    const from = sql`campaign_etablissement c join etablissement e on e.uai = c.uai`
    const page = await tx.execute(sql`
      select c.uai, e.name, e.commune, e.departement, c.officer, c.visit_on::text as "visitOn",
        ${isoOf(sql`c.visited_at`)} as "visitedAt", c.total, c.observed, c.answered, c.findings
      from ${from} where ${where} order by ${sql.raw(ORDERS[query.sort])}
      limit ${query.pageSize} offset ${(query.page - 1) * query.pageSize}`)
    const sums = await tx.execute(sql`select ${TOTALS} from ${from} where ${where}`)
    const places = await tx.execute(sql`
      select e.departement as code, count(*)::int as count from ${from} where ${everywhere} group by 1 order by 1`)
    return {
      rows: rowsOf<Row>(page),
      totals: rowsOf<Totals>(sums)[0]!,
      departements: rowsOf<{ code: string; count: number }>(places),
    }
  })
  const nameOf = await nameAuthors(
    ctx,
    rows.flatMap(({ officer }) => officer ?? []),
  )
  return {
    total: totals.etablissements,
    page: query.page,
    pageSize: query.pageSize,
    totals,
    departements: departements.map((place) => ({ ...place, label: departementName(place.code) })),
    rows: rows.map(({ officer, ...row }) => ({
      ...row,
      officer: officer === null ? null : { id: officer, name: nameOf(officer) },
    })),
  }
}
