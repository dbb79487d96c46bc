import { rowsOf } from '@vigie/db'
import { SERVICES } from '@vigie/rules'
import { sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { nameAuthors } from '../bordereaux/people.ts'
import { findCampaign } from './find-campaign.ts'
import type { Totals } from './schema.ts'
import { TOTALS } from './totals.ts'

/** Progress of a campaign per officer, those without one last. Errors: `forbidden`, `not_found`. */
export async function readProgressByOfficer(ctx: Context, id: string) {
  const identity = authorise(ctx.actor, 'campaign:read')
  const rows = await ctx.db.transact(identity, async (tx) => {
    await findCampaign(tx, id)
    const found = await tx.execute(sql`
      select c.officer, ${TOTALS} from campaign_etablissement c
      where c.campaign_id = ${id} group by c.officer`)
    return rowsOf<Totals & { officer: string | null }>(found)
  })
  const nameOf = await nameAuthors(
    ctx,
    rows.flatMap(({ officer }) => officer ?? []),
  )
  return {
    rows: rows
      .map(({ officer, ...totals }) => ({
        ...totals,
        officer: officer === null ? null : { id: officer, name: nameOf(officer) },
      }))
      .toSorted((a, b) =>
        a.officer && b.officer
          ? a.officer.name.localeCompare(b.officer.name, 'fr')
          : Number(a.officer === null) - Number(b.officer === null),
      ),
  }
}

interface ServiceRow {
  readonly service: string
  readonly etablissements: number
  readonly total: number
  readonly observed: number
  readonly answered: number
}

/** Progress of a campaign per service, in the catalogue's order. Errors: `forbidden`, `not_found`. */
export async function readProgressByService(
  ctx: Context,
  id: string,
  query: { readonly departement?: string | undefined },
) {
  const identity = authorise(ctx.actor, 'campaign:read')
  const rows = await ctx.db.transact(identity, async (tx) => {
    await findCampaign(tx, id)
    const found = await tx.execute(sql`
      select s.key as service, count(*)::int as etablissements, sum((s.value ->> 0)::int)::int as total,
        sum((s.value ->> 1)::int)::int as observed, sum((s.value ->> 2)::int)::int as answered
      from campaign_etablissement c
      ${query.departement ? sql`join etablissement e on e.uai = c.uai and e.departement = ${query.departement}` : sql``}
      cross join lateral jsonb_each(c.services) s
      where c.campaign_id = ${id} group by 1`)
    return rowsOf<ServiceRow>(found)
  })
  return {
    rows: SERVICES.flatMap(({ id: service, name }) => {
      const row = rows.find((candidate) => candidate.service === service)
      return row ? [{ ...row, name }] : []
    }),
  }
}
