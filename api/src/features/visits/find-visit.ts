import { schema, type Tx } from '@vigie/db'
import { REQUIREMENTS, type RequirementId } from '@vigie/rules'
import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import { may } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { requirementsIn } from '../campaigns/chosen-requirements.ts'

export type VisitRow = typeof schema.visit.$inferSelect

/** Errors: `not_found` when absent or invisible. */
export async function findVisit(tx: Tx, id: string): Promise<VisitRow> {
  const [found] = await tx.select().from(schema.visit).where(eq(schema.visit.id, id))
  return existing(found)
}

/**
 * Like `findVisit`, held until the transaction ends: answers of two tablets come one after the other. Errors:
 * `forbidden` outside a campaign for who does not arbitrate, for a closed visit decides.
 */
export async function holdVisit(tx: Tx, ctx: Context, id: string): Promise<VisitRow> {
  const [found] = await tx.select().from(schema.visit).where(eq(schema.visit.id, id)).for('update')
  const visit = existing(found)
  if (mayWorkOn(ctx, visit)) return visit
  throw new AppError('forbidden', 'Cette visite est hors campagne : le RSSI seul y répond.')
}

/** A campaign of the RSSI is the mandate of a visit; without one, only who arbitrates works on it. */
export const mayWorkOn = (ctx: Context, { campaignId }: Pick<VisitRow, 'campaignId'>): boolean =>
  may(ctx.actor, 'visit:work') && (campaignId !== null || may(ctx.actor, 'arbitration:write'))

const alongside = (uai: string, campaignId: string | null) =>
  and(
    eq(schema.visit.uai, uai),
    campaignId === null ? isNull(schema.visit.campaignId) : eq(schema.visit.campaignId, campaignId),
  )

/** The visit under way at an establishment in a campaign, or outside any. */
export async function underWay(tx: Tx, uai: string, campaignId: string | null): Promise<string | undefined> {
  const [found] = await tx
    .select({ id: schema.visit.id })
    .from(schema.visit)
    .where(and(alongside(uai, campaignId), isNull(schema.visit.closedAt)))
    .limit(1)
  return found?.id
}

/** The newest visit begun after this one, at the same place for the same campaign. */
export async function newestAfter(tx: Tx, visit: VisitRow): Promise<VisitRow | undefined> {
  const [found] = await tx
    .select()
    .from(schema.visit)
    .where(and(alongside(visit.uai, visit.campaignId), gt(schema.visit.createdAt, visit.createdAt)))
    .orderBy(desc(schema.visit.createdAt))
    .limit(1)
  return found
}

/** Errors: `conflict` once the visit is closed. */
export function openVisit(visit: VisitRow): VisitRow {
  if (visit.closedAt === null) return visit
  throw new AppError('conflict', 'Cette visite est close : ses réponses ne changent plus.')
}

function existing(found: VisitRow | undefined): VisitRow {
  if (found) return found
  throw new AppError('not_found', 'Cette visite n’existe pas, ou n’est pas dans votre périmètre.')
}

/** What the checklist of a visit holds: the requirements of its campaign, or the whole catalogue. */
export async function checklistOf(tx: Tx, { campaignId }: VisitRow): Promise<readonly RequirementId[]> {
  return campaignId === null ? REQUIREMENTS.map(({ id }) => id) : requirementsIn(tx, campaignId)
}
