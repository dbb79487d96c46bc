import { schema, type Tx } from '@vigie/db'
import { REQUIREMENTS, type RequirementId } from '@vigie/rules'
import { eq } from 'drizzle-orm'
import { AppError } from '../../errors.ts'
import { requirementsIn } from '../campaigns/chosen-requirements.ts'

export type VisitRow = typeof schema.visit.$inferSelect

/** Errors: `not_found` when absent or invisible. */
export async function findVisit(tx: Tx, id: string): Promise<VisitRow> {
  const [found] = await tx.select().from(schema.visit).where(eq(schema.visit.id, id))
  return existing(found)
}

/** Like `findVisit`, held until the transaction ends: answers of two tablets come one after the other. */
export async function holdVisit(tx: Tx, id: string): Promise<VisitRow> {
  const [found] = await tx.select().from(schema.visit).where(eq(schema.visit.id, id)).for('update')
  return existing(found)
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
