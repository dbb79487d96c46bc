import { schema } from '@vigie/db'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { evaluateEtablissements } from '../evaluation/evaluate-etablissements.ts'
import { markDue } from '../evidence/mark-due.ts'
import type { DeclarationInput } from './schema.ts'
import { findOpenEtablissement, monthsAfter, personOf } from './target.ts'

export const VALID_MONTHS = 12

/**
 * Says, for the establishment, where a requirement stands; replaces its previous declaration and holds 12 months.
 * Evaluates the establishment at once. Errors: `forbidden`, `not_found`.
 */
export async function declare(
  ctx: Context,
  target: { uai: string; requirement: string },
  input: DeclarationInput,
) {
  const identity = authorise(ctx.actor, 'declaration:write')
  const author = personOf(ctx)
  const declaredAt = ctx.clock.now()
  const row = {
    id: ctx.random.uuid(),
    requirement: target.requirement,
    verdict: input.verdict,
    comment: input.comment,
    author,
    declaredAt,
    expiresAt: monthsAfter(declaredAt, VALID_MONTHS),
  }
  const uai = await write(ctx, identity, async (tx) => {
    const etablissement = await findOpenEtablissement(tx, target.uai)
    await tx.insert(schema.declaration).values({ ...row, uai: etablissement.uai })
    await markDue(tx, [etablissement.uai], declaredAt)
    await record(tx, ctx, {
      action: 'declaration.write',
      subject: { kind: 'requirement', id: row.requirement },
      uai: etablissement.uai,
      details: { verdict: row.verdict, expiresAt: row.expiresAt.toISOString() },
    })
    return etablissement.uai
  })
  await evaluateEtablissements(ctx, [uai])
  return {
    id: row.id,
    uai,
    requirement: row.requirement,
    verdict: row.verdict,
    declaredAt: declaredAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }
}
