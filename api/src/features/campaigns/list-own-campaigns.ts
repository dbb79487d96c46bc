import { rowsOf } from '@vigie/db'
import type { CampaignState } from '@vigie/rules'
import { isCampaignOverdue } from '@vigie/rules'
import { sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { nameAuthors } from '../bordereaux/people.ts'
import { isoOf } from '../conformity/instants.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import { todayFor } from './find-campaign.ts'

interface Row {
  readonly id: string
  readonly name: string
  readonly purpose: string
  readonly academie: string
  readonly state: CampaignState
  readonly endsOn: string
  readonly officer: string | null
  readonly visitOn: string | null
  readonly visitedAt: string | null
  readonly total: number
  readonly observed: number
  readonly answered: number
  readonly findings: number
}

/** Campaigns of one establishment, open ones first. Errors: `forbidden`, `not_found`. */
export async function listOwnCampaigns(ctx: Context, text: string) {
  const identity = authorise(ctx.actor, 'campaign:read')
  const rows = await ctx.db.transact(identity, async (tx) => {
    const { uai } = await findEtablissement(tx, text)
    const found = await tx.execute(sql`
      select p.id, p.name, p.purpose, p.academie, p.state, p.ends_on::text as "endsOn", c.officer,
        c.visit_on::text as "visitOn", ${isoOf(sql`c.visited_at`)} as "visitedAt",
        c.total, c.observed, c.answered, c.findings
      from campaign_etablissement c join campaign p on p.id = c.campaign_id
      where c.uai = ${uai} order by p.state = 'open' desc, p.starts_on desc, p.id limit 50`)
    return rowsOf<Row>(found)
  })
  const nameOf = await nameAuthors(
    ctx,
    rows.flatMap(({ officer }) => officer ?? []),
  )
  return {
    rows: rows.map(({ academie, officer, ...row }) => ({
      ...row,
      overdue: isCampaignOverdue(row, todayFor(ctx, academie)),
      officer: officer === null ? null : { id: officer, name: nameOf(officer) },
    })),
  }
}
