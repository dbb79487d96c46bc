import { schema, type Tx } from '@vigie/db'
import { timeZoneOf } from '@vigie/rules'
import { and, eq, isNull, max, ne } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { decideAlone } from '../arbitrations/settle.ts'
import { findCampaign } from '../campaigns/find-campaign.ts'
import { personOf } from '../declarations/target.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import { evaluateEtablissements } from '../evaluation/evaluate-etablissements.ts'
import { markDue } from '../evidence/mark-due.ts'
import { holdVisit, newestAfter, type VisitRow } from './find-visit.ts'
import type { ReopeningInput } from './schema.ts'
import { holdMembership } from './start-visit.ts'

/**
 * Opens again a visit that was closed by mistake: what its closing decided counts no more, and the next closing decides
 * anew. Findings stay as they are. Errors: `forbidden`, `not_found`, `conflict` when it is not closed, when its campaign
 * is, or when a newer visit took its place.
 */
export async function reopenVisit(
  ctx: Context,
  id: string,
  { reason }: ReopeningInput,
): Promise<{ retired: number }> {
  const identity = authorise(ctx.actor, 'visit:work')
  const person = personOf(ctx)
  const at = ctx.clock.now()
  const done = await write(ctx, identity, async (tx) => {
    const visit = await holdVisit(tx, ctx, id)
    if (visit.closedAt === null) throw new AppError('conflict', 'Cette visite est déjà en cours.')
    await refuseFrozen(tx, visit)
    await refuseReplaced(tx, visit)
    await decideAlone(tx)
    await markDue(tx, [visit.uai], at)
    const { arbitration } = schema
    const retired = await tx
      .update(arbitration)
      .set({ withdrawnAt: at, withdrawnBy: person })
      .where(and(eq(arbitration.visitId, id), isNull(arbitration.withdrawnAt)))
      .returning({ id: arbitration.id })
    const note = await noteWith(tx, visit, at, reason)
    await tx.update(schema.visit).set({ closedAt: null, note }).where(eq(schema.visit.id, id))
    await dateEarlierVisit(tx, visit)
    await record(tx, ctx, {
      action: 'visit.reopen',
      subject: { kind: 'visit', id },
      uai: visit.uai,
      details: { closedAt: visit.closedAt.toISOString(), retired: retired.length },
    })
    return { uai: visit.uai, retired: retired.length }
  })
  await evaluateEtablissements(ctx, [done.uai])
  return { retired: done.retired }
}

/** What a closed campaign froze counted these answers. */
async function refuseFrozen(tx: Tx, { campaignId, uai }: VisitRow): Promise<void> {
  if (campaignId === null) return
  if ((await findCampaign(tx, campaignId)).state === 'closed')
    throw new AppError(
      'conflict',
      'La campagne de cette visite est close : ses chiffres sont figés, et la visite ne se rouvre plus.',
    )
  await holdMembership(tx, campaignId, uai)
}

async function refuseReplaced(tx: Tx, visit: VisitRow): Promise<void> {
  const newer = await newestAfter(tx, visit)
  if (!newer) return
  throw new AppError(
    'conflict',
    newer.closedAt === null
      ? 'Une autre visite est en cours dans cet établissement : rejoignez-la, ou closez-la d’abord.'
      : 'Une visite plus récente a eu lieu dans cet établissement : c’est elle qui compte.',
  )
}

/** The reason stays with the visit: the journal holds no free text. */
async function noteWith(tx: Tx, { uai, note }: VisitRow, at: Date, reason: string): Promise<string> {
  const { academie } = await findEtablissement(tx, uai)
  const day = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: timeZoneOf(academie) })
  return [...(note === null ? [] : [note]), `Rouverte le ${day.format(at)} : ${reason}`].join('\n')
}

/** The establishment was visited when its other visits of the campaign say so. */
async function dateEarlierVisit(tx: Tx, { id, campaignId, uai }: VisitRow): Promise<void> {
  if (campaignId === null) return
  const { visit, campaignEtablissement } = schema
  const [earlier] = await tx
    .select({ at: max(visit.closedAt) })
    .from(visit)
    .where(and(eq(visit.campaignId, campaignId), eq(visit.uai, uai), ne(visit.id, id)))
  await tx
    .update(campaignEtablissement)
    .set({ visitedAt: earlier?.at ?? null })
    .where(and(eq(campaignEtablissement.campaignId, campaignId), eq(campaignEtablissement.uai, uai)))
}
