import { rowsOf } from '@vigie/db'
import { REQUIREMENTS, timeZoneOf } from '@vigie/rules'
import { sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { isoOf } from '../conformity/instants.ts'
import { personOf } from '../declarations/target.ts'
import { dayIn } from '../deployment/calendar.ts'
import type { Agenda } from './schema.ts'

/** Rows shown at once: an officer's campaign, not an académie's. */
const MOST = 500

type Row = Omit<Agenda['rows'][number], 'campaign'> & {
  readonly academie: string
  readonly campaignId: string | null
  readonly campaignName: string
  readonly campaignEndsOn: string
}

/** What the caller has to visit in open campaigns, and the visits that she has begun. Errors: `forbidden`. */
export async function readAgenda(ctx: Context): Promise<Agenda> {
  const identity = authorise(ctx.actor, 'visit:work')
  const officer = personOf(ctx)
  const rows = await ctx.db.transact(identity, async (tx) => {
    const found = await tx.execute(sql`
      select e.uai, e.name, e.commune, e.departement, e.academie, p.id as "campaignId", p.name as "campaignName",
        p.ends_on::text as "campaignEndsOn", c.visit_on::text as "visitOn", ${isoOf(sql`c.visited_at`)} as "visitedAt",
        v.id as "visitId", c.total, c.observed + c.answered as done, c.findings
      from campaign_etablissement c
      join campaign p on p.id = c.campaign_id and p.state = 'open'
      join etablissement e on e.uai = c.uai
      left join visit v on v.campaign_id = c.campaign_id and v.uai = c.uai and v.closed_at is null
      where c.officer = ${officer}::uuid or v.officer = ${officer}::uuid
      union all
      select e.uai, e.name, e.commune, e.departement, e.academie, null, '', '', v.visited_on::text, null, v.id,
        ${REQUIREMENTS.length}::int, (select count(*)::int from visit_answer a where a.visit_id = v.id and a.standing), 0
      from visit v join etablissement e on e.uai = v.uai
      where v.campaign_id is null and v.officer = ${officer}::uuid and v.closed_at is null
      order by 9 nulls last, 2, 1 limit ${MOST}`)
    return rowsOf<Row>(found)
  })
  return {
    today: dayIn(ctx.clock.now(), timeZoneOf(rows[0]?.academie ?? '')),
    rows: rows.map(({ academie: _, campaignId, campaignName, campaignEndsOn, ...row }) => ({
      ...row,
      campaign: campaignId === null ? null : { id: campaignId, name: campaignName, endsOn: campaignEndsOn },
    })),
  }
}
