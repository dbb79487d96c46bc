import { schema } from '@vigie/db'
import { and, eq, isNull } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { requirementsIn } from './chosen-requirements.ts'
import { holdCampaign } from './find-campaign.ts'
import { freeze } from './freeze.ts'
import { recountProgress } from './recount-progress.ts'

/**
 * Closes an open campaign and freezes what stands: nothing of it moves afterwards. A visit still open would lose its
 * answers: it is closed first. Errors: `forbidden`, `not_found`, `conflict`.
 */
export async function closeCampaign(ctx: Context, id: string): Promise<{ etablissements: number }> {
  const identity = authorise(ctx.actor, 'campaign:manage')
  return write(ctx, identity, async (tx) => {
    await holdCampaign(tx, id, 'close')
    const { visit } = schema
    const running = await tx.$count(visit, and(eq(visit.campaignId, id), isNull(visit.closedAt)))
    if (running > 0)
      throw new AppError(
        'conflict',
        `${running === 1 ? 'Une visite n’est pas close' : `${running} visites ne sont pas closes`} : closez-les d’abord, pour que leurs réponses comptent.`,
      )
    const at = ctx.clock.now()
    await recountProgress(tx, { campaignId: id }, at)
    const requirements = await requirementsIn(tx, id)
    const etablissements = await freeze(tx, { campaignId: id, phase: 'closing', at }, requirements)
    await tx.update(schema.campaign).set({ state: 'closed', closedAt: at }).where(eq(schema.campaign.id, id))
    await record(tx, ctx, {
      action: 'campaign.close',
      subject: { kind: 'campaign', id },
      details: { etablissements, requirements: requirements.length },
    })
    return { etablissements }
  })
}
