import { rowsOf, schema, type Tx } from '@vigie/db'
import { CAMPAIGN_ACTIONS, campaignAllows } from '@vigie/rules'
import { eq, sql } from 'drizzle-orm'
import { authorise, may } from '../../access/authorise.ts'
import { labelPerimeters } from '../../access/perimeter-labels.ts'
import type { Context } from '../../context.ts'
import { nameAuthors } from '../bordereaux/people.ts'
import { byService, requirementsIn } from './chosen-requirements.ts'
import { findCampaign, type CampaignRow } from './find-campaign.ts'
import { frozenTotals } from './frozen-totals.ts'
import { officersEverywhere, reachedBy, type Officer } from './officers.ts'
import { countTaken, takenBy } from './perimeter.ts'
import { presentCampaign } from './present-campaign.ts'
import type { Campaign } from './schema.ts'
import { totalsOf } from './totals.ts'

/** One campaign, with what its opening would take while it is a draft. Errors: `forbidden`, `not_found`. */
export async function readCampaign(ctx: Context, id: string): Promise<Campaign> {
  const identity = authorise(ctx.actor, 'campaign:read')
  const officers = may(ctx.actor, 'campaign:manage') ? await officersEverywhere(ctx) : []
  const read = await ctx.db.transact(identity, async (tx) => {
    const row = await findCampaign(tx, id)
    const requirements = await requirementsIn(tx, id)
    const former = row.basedOn === null ? undefined : await nameOf(tx, row.basedOn)
    return {
      row,
      requirements,
      basedOn: former ?? null,
      totals: (await totalsOf(tx, [id])).get(id),
      snapshots: await frozenTotals(tx, id),
      preview:
        row.state === 'draft'
          ? {
              etablissements: await countTaken(tx, row),
              requirements: requirements.length,
              officers: await countOfficers(tx, row, officers),
            }
          : null,
    }
  })
  const { row } = read
  const [label] = await labelPerimeters(ctx, { role: 'vigie_worker' }, [
    { kind: row.perimeterKind, code: row.perimeterCode },
  ])
  const authorOf = await nameAuthors(ctx, [row.createdBy])
  const manages = may(ctx.actor, 'campaign:manage')
  return {
    ...presentCampaign(ctx, row, {
      label: label ?? row.perimeterCode,
      requirements: read.requirements.length,
      totals: read.totals,
    }),
    createdAt: row.createdAt.toISOString(),
    createdBy: authorOf(row.createdBy),
    basedOn: read.basedOn,
    services: byService(read.requirements),
    preview: read.preview,
    actions: manages ? CAMPAIGN_ACTIONS.filter((action) => campaignAllows(action, row.state)) : [],
    snapshots: read.snapshots,
  }
}

async function nameOf(tx: Tx, id: string) {
  const { campaign } = schema
  const [found] = await tx
    .select({ id: campaign.id, name: campaign.name })
    .from(campaign)
    .where(eq(campaign.id, id))
  return found
}

/** Officers that the opening would take over. */
async function countOfficers(tx: Tx, row: CampaignRow, officers: readonly Officer[]): Promise<number> {
  if (row.basedOn === null) return 0
  const found = await tx.execute(sql`
    select count(distinct f.officer)::int as count from campaign_etablissement f
    join ${schema.etablissement} on ${schema.etablissement.uai} = f.uai join etablissement e on e.uai = f.uai
    where f.campaign_id = ${row.basedOn} and ${takenBy(row)} and ${reachedBy(officers, sql`f.officer`)}`)
  return rowsOf<{ count: number }>(found)[0]?.count ?? 0
}
