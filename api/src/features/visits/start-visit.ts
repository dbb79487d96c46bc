import { schema, type Tx } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import { authorise, may } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { holdCampaign } from '../campaigns/find-campaign.ts'
import { findOpenEtablissement, personOf } from '../declarations/target.ts'
import { underWay } from './find-visit.ts'
import type { VisitInput } from './schema.ts'
import { visitDay } from './visit-day.ts'

/**
 * Starts a visit, or gives back the one that is under way for the same campaign: two officers share one checklist.
 * Outside a campaign only who arbitrates visits, for a closed visit decides. Errors: `forbidden`, `not_found`,
 * `invalid_input` for a day to come, `conflict` when the campaign is not open.
 */
export async function startVisit(
  ctx: Context,
  target: { readonly uai: string },
  input: VisitInput,
): Promise<{ id: string; started: boolean }> {
  const identity = authorise(ctx.actor, 'visit:work')
  const officer = personOf(ctx)
  if (input.campaignId === null && !may(ctx.actor, 'arbitration:write'))
    throw new AppError(
      'forbidden',
      'Une visite se fait dans une campagne ouverte par le RSSI : choisissez-en une où est cet établissement.',
    )
  return write(ctx, identity, async (tx) => {
    const { uai, academie } = await findOpenEtablissement(tx, target.uai)
    const visitedOn = visitDay(ctx, academie, input.visitedOn)
    if (input.campaignId !== null) await holdMembership(tx, input.campaignId, uai)
    const running = await underWay(tx, uai, input.campaignId)
    if (running) return { id: running, started: false }
    const id = ctx.random.uuid()
    await tx.insert(schema.visit).values({
      id,
      uai,
      campaignId: input.campaignId,
      officer,
      visitedOn,
      createdAt: ctx.clock.now(),
      note: input.note,
    })
    await record(tx, ctx, {
      action: 'visit.start',
      subject: { kind: 'visit', id },
      uai,
      details: { campaign: input.campaignId, visitedOn },
    })
    return { id, started: true }
  })
}

/** Holds the establishment's row of an open campaign: two officers who start at once find the same visit. */
export async function holdMembership(tx: Tx, campaignId: string, uai: string): Promise<void> {
  await holdCampaign(tx, campaignId, 'follow', 'share')
  const { campaignEtablissement } = schema
  const held = await tx
    .select({ uai: campaignEtablissement.uai })
    .from(campaignEtablissement)
    .where(and(eq(campaignEtablissement.campaignId, campaignId), eq(campaignEtablissement.uai, uai)))
    .for('update')
  if (held.length === 0) throw new AppError('not_found', 'Cet établissement n’est pas dans cette campagne.')
}
