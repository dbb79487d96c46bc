import { schema } from '@vigie/db'
import type { CampaignState } from '@vigie/rules'
import { count, desc, eq, inArray, sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import { labelPerimeters } from '../../access/perimeter-labels.ts'
import type { Context } from '../../context.ts'
import { presentCampaign } from './present-campaign.ts'
import type { CampaignSummary } from './schema.ts'
import { totalsOf } from './totals.ts'

/** Campaigns kept on one page; an académie holds a handful a year. */
const MOST = 200
const STATE_ORDER = sql`array_position(array['open', 'draft', 'closed'], ${schema.campaign.state})`

/** Campaigns that touch what the caller sees, open ones first, then the newest. Errors: `forbidden`. */
export async function listCampaigns(
  ctx: Context,
  query: { readonly state?: CampaignState | undefined },
): Promise<{ rows: CampaignSummary[] }> {
  const identity = authorise(ctx.actor, 'campaign:read')
  const { campaign, campaignRequirement } = schema
  const { rows, totals, asked } = await ctx.db.transact(identity, async (tx) => {
    const found = await tx
      .select()
      .from(campaign)
      .where(query.state === undefined ? undefined : eq(campaign.state, query.state))
      .orderBy(STATE_ORDER, desc(campaign.startsOn), campaign.name, campaign.id)
      .limit(MOST)
    const ids = found.map(({ id }) => id)
    const requirements = await tx
      .select({ id: campaignRequirement.campaignId, count: count() })
      .from(campaignRequirement)
      .where(inArray(campaignRequirement.campaignId, ids))
      .groupBy(campaignRequirement.campaignId)
    return {
      rows: found,
      totals: await totalsOf(tx, ids),
      asked: new Map(requirements.map((row) => [row.id, row.count])),
    }
  })
  const labels = await labelPerimeters(
    ctx,
    { role: 'vigie_worker' },
    rows.map(({ perimeterKind, perimeterCode }) => ({ kind: perimeterKind, code: perimeterCode })),
  )
  return {
    rows: rows.map((row, index) =>
      presentCampaign(ctx, row, {
        label: labels[index] ?? row.perimeterCode,
        requirements: asked.get(row.id) ?? 0,
        totals: totals.get(row.id),
      }),
    ),
  }
}
