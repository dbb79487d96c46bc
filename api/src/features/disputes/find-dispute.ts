import { schema, type Tx } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { AppError } from '../../errors.ts'
import type { DisputeAnswer } from './schema.ts'

export type DisputeRow = typeof schema.dispute.$inferSelect

const DECIDED: Readonly<Record<NonNullable<DisputeRow['decision']>, string>> = {
  accepted: 'Cette contestation a déjà été acceptée.',
  refused: 'Cette contestation a déjà été refusée.',
  withdrawn: 'Cette contestation a été retirée.',
}

/** In: an id. Out: the dispute, still open. Errors: `not_found`, `conflict` once it is decided. */
export async function findOpenDispute(tx: Tx, id: string): Promise<DisputeRow> {
  const [row] = await tx.select().from(schema.dispute).where(eq(schema.dispute.id, id))
  if (!row)
    throw new AppError('not_found', 'Cette contestation n’existe pas, ou n’est pas dans votre périmètre.')
  if (row.decision) throw new AppError('conflict', DECIDED[row.decision])
  return row
}

export const presentDispute = (row: DisputeRow): DisputeAnswer => ({
  id: row.id,
  uai: row.uai,
  requirement: row.requirement,
  kind: row.kind,
  reason: row.reason,
  openedAt: row.openedAt.toISOString(),
  decision: row.decision,
  decisionReason: row.decisionReason,
  decidedAt: row.decidedAt?.toISOString() ?? null,
})
