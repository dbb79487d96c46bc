import { schema } from '@vigie/db'
import { and, eq, isNull } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { evaluateEtablissements } from '../evaluation/evaluate-etablissements.ts'
import { markDue } from '../evidence/mark-due.ts'
import { LONGEST_DEROGATION_MONTHS } from './request-derogation.ts'
import type { ApprovalInput } from './schema.ts'
import { expiryWithin, findOpenEtablissement, personOf } from './target.ts'

/**
 * Grants a requested derogation, until the date asked for or another. Evaluates the establishment at once.
 * Errors: `forbidden`, `not_found`, `invalid_input`, `conflict` when it was already granted.
 */
export async function approveDerogation(
  ctx: Context,
  target: { uai: string; id: string },
  input: ApprovalInput,
) {
  const identity = authorise(ctx.actor, 'derogation:approve')
  const approvedBy = personOf(ctx)
  const approvedAt = ctx.clock.now()
  const granted = await write(ctx, identity, async (tx) => {
    const { uai } = await findOpenEtablissement(tx, target.uai)
    const asked = await tx
      .select()
      .from(schema.derogation)
      .where(and(eq(schema.derogation.id, target.id), eq(schema.derogation.uai, uai)))
    const request = asked[0]
    if (!request) throw new AppError('not_found', 'Cette demande de dérogation n’existe pas.')
    const expiresAt = expiryWithin(
      ctx,
      input.expiresAt ?? request.expiresAt.toISOString(),
      LONGEST_DEROGATION_MONTHS,
    )
    const [row] = await tx
      .update(schema.derogation)
      .set({ approvedBy, approvedAt, expiresAt })
      .where(and(eq(schema.derogation.id, request.id), isNull(schema.derogation.approvedAt)))
      .returning()
    if (!row) throw new AppError('conflict', 'Cette dérogation a déjà été accordée.')
    await markDue(tx, [uai], approvedAt)
    await record(tx, ctx, {
      action: 'derogation.approve',
      subject: { kind: 'derogation', id: row.id },
      uai,
      details: { requirement: row.requirement, expiresAt: expiresAt.toISOString() },
    })
    return row
  })
  await evaluateEtablissements(ctx, [granted.uai])
  return {
    id: granted.id,
    uai: granted.uai,
    requirement: granted.requirement,
    requestedAt: granted.requestedAt.toISOString(),
    approvedAt: approvedAt.toISOString(),
    expiresAt: granted.expiresAt.toISOString(),
  }
}
