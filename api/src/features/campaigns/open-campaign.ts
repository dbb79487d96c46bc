import { schema } from '@vigie/db'
import { eq, sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { requirementsIn, someRequirements } from './chosen-requirements.ts'
import { checkDates } from './dates.ts'
import { holdCampaign } from './find-campaign.ts'
import { freeze } from './freeze.ts'
import { officersEverywhere, reachedBy } from './officers.ts'
import { takenBy } from './perimeter.ts'
import { recountProgress } from './recount-progress.ts'

/**
 * Opens a draft: takes every open establishment of its perimeter, the officers of the campaign that it starts from who
 * still visit there, and freezes what stands, all in one transaction. Errors: `forbidden`, `not_found`, `conflict`, `invalid_input`.
 */
export async function openCampaign(ctx: Context, id: string): Promise<{ etablissements: number }> {
  const identity = authorise(ctx.actor, 'campaign:manage')
  const officers = await officersEverywhere(ctx)
  return write(ctx, identity, async (tx) => {
    const campaign = await holdCampaign(tx, id, 'open')
    checkDates(ctx, campaign.academie, campaign)
    const requirements = someRequirements(await requirementsIn(tx, id))
    const at = ctx.clock.now()
    await tx.update(schema.campaign).set({ state: 'open', openedAt: at }).where(eq(schema.campaign.id, id))
    await tx.execute(sql`
      insert into campaign_etablissement (campaign_id, uai, officer, total, observed, answered, findings, counted_at)
      select ${id}::uuid, e.uai, case when ${reachedBy(officers, sql`former.officer`)} then former.officer end,
        ${requirements.length}::int, 0, 0, 0,
        ${at.toISOString()}::timestamptz
      from ${schema.etablissement} join etablissement e on e.uai = ${schema.etablissement.uai}
      left join campaign_etablissement former
        on former.campaign_id = ${campaign.basedOn}::uuid and former.uai = e.uai
      where ${takenBy(campaign)}`)
    const etablissements = await freeze(tx, { campaignId: id, phase: 'opening', at }, requirements)
    if (etablissements === 0)
      throw new AppError('conflict', 'Aucun établissement ouvert n’est dans ce périmètre : modifiez-le.')
    await recountProgress(tx, { campaignId: id }, at)
    await record(tx, ctx, {
      action: 'campaign.open',
      subject: { kind: 'campaign', id },
      details: { etablissements, requirements: requirements.length },
    })
    return { etablissements }
  })
}
