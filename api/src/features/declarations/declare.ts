import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { write } from '../../journal/write.ts'
import { evaluateEtablissements } from '../evaluation/evaluate-etablissements.ts'
import { declareIn } from './declare-in.ts'
import type { DeclarationInput } from './schema.ts'
import { findOpenEtablissement, personOf } from './target.ts'

/**
 * Says, for the establishment, where a requirement stands; replaces its previous declaration and holds 12 months.
 * Evaluates the establishment at once. Errors: `forbidden`, `not_found`, `invalid_input` for an unknown proof.
 */
export async function declare(
  ctx: Context,
  target: { uai: string; requirement: string },
  input: DeclarationInput,
) {
  const identity = authorise(ctx.actor, 'declaration:write')
  personOf(ctx)
  const row = await write(ctx, identity, async (tx) => {
    const { uai } = await findOpenEtablissement(tx, target.uai)
    return declareIn(tx, ctx, { ...input, uai, requirement: target.requirement, origin: 'form' })
  })
  await evaluateEtablissements(ctx, [row.uai])
  const { id, uai, requirement, verdict, origin, proofIds } = row
  return {
    ...{ id, uai, requirement, verdict, origin, proofIds },
    declaredAt: row.declaredAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }
}
