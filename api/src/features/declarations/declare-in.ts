import { schema, type Tx } from '@vigie/db'
import type { DecidedVerdict, DeclarationOrigin } from '@vigie/db/schema'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { markDue } from '../evidence/mark-due.ts'
import { holdProofs } from '../proofs/attach-proofs.ts'
import { monthsAfter, personOf } from './target.ts'

export const VALID_MONTHS = 12

export interface NewDeclaration {
  /** Of an open establishment that the transaction sees. */
  readonly uai: string
  readonly requirement: string
  readonly verdict: DecidedVerdict
  readonly comment: string
  readonly origin: DeclarationOrigin
  readonly proofIds?: readonly string[] | undefined
}

/**
 * Says, in the caller's transaction, where a requirement stands, for 12 months; the caller has checked the permission
 * and evaluates afterwards. Out: the row, with the proofs that it cites. Errors: `forbidden` to a machine,
 * `invalid_input` for a proof of another establishment.
 */
export async function declareIn(tx: Tx, ctx: Context, input: NewDeclaration) {
  const declaredAt = ctx.clock.now()
  const { uai, requirement, verdict, comment, origin } = input
  const row = {
    ...{
      id: ctx.random.uuid(),
      uai,
      requirement,
      verdict,
      comment,
      origin,
      author: personOf(ctx),
      declaredAt,
    },
    expiresAt: monthsAfter(declaredAt, VALID_MONTHS),
  }
  await tx.insert(schema.declaration).values(row)
  const proofIds = await holdProofs(tx, uai, input.proofIds ?? [])
  if (proofIds.length > 0) {
    await tx
      .insert(schema.declarationProof)
      .values(proofIds.map((proofId) => ({ declarationId: row.id, proofId })))
  }
  await markDue(tx, [uai], declaredAt)
  await record(tx, ctx, {
    action: 'declaration.write',
    subject: { kind: 'requirement', id: requirement },
    uai,
    details: { verdict, origin, proofs: proofIds, expiresAt: row.expiresAt.toISOString() },
  })
  return { ...row, proofIds }
}
