import { schema, type Tx } from '@vigie/db'
import { and, eq, inArray } from 'drizzle-orm'
import { AppError } from '../../errors.ts'

const { proof } = schema

/**
 * Holds proofs of an establishment until the end of the transaction, so that none is removed while it is being cited.
 * In: their ids. Out: the ids, once each. Errors: `invalid_input` when one is not a proof of this establishment.
 */
export async function holdProofs(tx: Tx, uai: string, proofIds: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(proofIds)].toSorted()
  if (wanted.length === 0) return []
  const held = await tx
    .select({ id: proof.id })
    .from(proof)
    .where(and(eq(proof.uai, uai), inArray(proof.id, wanted)))
    .orderBy(proof.id)
    .for('share')
  if (held.length === wanted.length) return wanted
  const detail =
    'une de ces preuves n’est pas conservée pour cet établissement : joignez le fichier de nouveau'
  throw new AppError('invalid_input', 'Une preuve citée manque.', {
    errors: [{ pointer: '/proofIds', detail }],
  })
}
