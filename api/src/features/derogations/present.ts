import type { schema } from '@vigie/db'
import type { DerogationAnswer, DerogationState } from './schema.ts'

export type DerogationRow = typeof schema.derogation.$inferSelect

/** In: a derogation and now. Out: where it stands; withdrawn and refused ones stay so. */
export function stateOf(row: DerogationRow, now: Date): DerogationState {
  if (row.withdrawnAt) return 'withdrawn'
  if (row.refusedAt) return 'refused'
  if (!row.approvedAt) return 'pending'
  return now < row.expiresAt ? 'in_force' : 'expired'
}

export const presentDerogation = (row: DerogationRow, now: Date): DerogationAnswer => ({
  id: row.id,
  uai: row.uai,
  requirement: row.requirement,
  state: stateOf(row, now),
  justification: row.justification,
  requestedAt: row.requestedAt.toISOString(),
  approvedAt: row.approvedAt?.toISOString() ?? null,
  expiresAt: row.expiresAt.toISOString(),
  refusedAt: row.refusedAt?.toISOString() ?? null,
  refusalReason: row.refusalReason,
  withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
})
