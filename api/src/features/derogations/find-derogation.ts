import { schema, type Tx } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import { AppError } from '../../errors.ts'
import { stateOf, type DerogationRow } from './present.ts'
import type { DerogationState } from './schema.ts'

/** In: an establishment and the id of one of its derogations. Errors: `not_found`. */
export async function findDerogation(tx: Tx, uai: string, id: string): Promise<DerogationRow> {
  const [row] = await tx
    .select()
    .from(schema.derogation)
    .where(and(eq(schema.derogation.id, id), eq(schema.derogation.uai, uai)))
  if (!row) throw new AppError('not_found', 'Cette demande de dérogation n’existe pas.')
  return row
}

const WHY_NOT: Readonly<Record<DerogationState, string>> = {
  pending: 'Cette demande est encore à l’étude.',
  in_force: 'Cette dérogation a déjà été accordée.',
  expired: 'Cette dérogation a été accordée, et son échéance est passée.',
  refused: 'Cette demande a déjà été refusée.',
  withdrawn: 'Cette demande a été retirée.',
}

/** Errors: `conflict`, saying where the derogation stands. */
export function refuseUnless(row: DerogationRow, now: Date, ...states: readonly DerogationState[]): void {
  const state = stateOf(row, now)
  if (!states.includes(state)) throw new AppError('conflict', WHY_NOT[state])
}
