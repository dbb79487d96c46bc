import { schema, type Tx } from '@vigie/db'
import type { ProcedureKind } from '@vigie/rules'
import { and, desc, eq } from 'drizzle-orm'
import { AppError } from '../../errors.ts'
import type { HolderRow } from '../keys/key-row.ts'

const { keyProcedure } = schema

/** Who stood in for that holder the last time; null when nobody did. */
export async function lastStandIn(tx: Tx, holderId: string): Promise<string | null> {
  const [last] = await tx
    .select({ id: keyProcedure.otherHolderId })
    .from(keyProcedure)
    .where(
      and(
        eq(keyProcedure.holderId, holderId),
        eq(keyProcedure.kind, 'stand_in'),
        eq(keyProcedure.outcome, 'done'),
      ),
    )
    .orderBy(desc(keyProcedure.openedAt))
    .limit(1)
  return last?.id ?? null
}

/** A stand-in is someone else, who holds the same function under the same superior. Errors: `invalid_input`, `conflict`. */
export function refuseOther(kind: ProcedureKind, holder: HolderRow, other: HolderRow): void {
  const wrong = (detail: string) =>
    new AppError('invalid_input', 'Le remplaçant ne convient pas.', {
      errors: [{ pointer: '/otherHolderId', detail }],
    })
  if (other.id === holder.id) throw wrong('le remplaçant est une autre personne que le porteur')
  if (kind !== 'stand_in') return
  if (other.departedAt || other.erasedAt || other.kind === 'mairie')
    throw new AppError(
      'conflict',
      'Cette personne ne peut pas remplacer : choisissez un porteur en fonction.',
    )
  const samePlace =
    other.departement === holder.departement && other.circonscription === holder.circonscription
  if (other.holderFunction !== holder.holderFunction || !samePlace)
    throw wrong(
      'le remplaçant exerce la même fonction, dans la même circonscription : corrigez d’abord sa fiche',
    )
}
