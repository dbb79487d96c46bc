import { schema, type Tx } from '@vigie/db'
import { and, eq, gt, isNull } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { evaluateEtablissements } from '../evaluation/evaluate-etablissements.ts'
import { markDue } from '../evidence/mark-due.ts'
import { findOpenEtablissement, personOf } from './target.ts'

const { declaration } = schema

/**
 * Takes back, in the caller's transaction, what the establishment says of a requirement: no earlier declaration counts
 * again; or one declaration alone, and the one before counts again. Out: how many declarations were taken back.
 */
export async function withdrawIn(
  tx: Tx,
  ctx: Context,
  target: { readonly uai: string; readonly requirement: string; readonly declarationId?: string },
): Promise<number> {
  const { uai, requirement, declarationId } = target
  const withdrawnAt = ctx.clock.now()
  const rows = await tx
    .update(declaration)
    .set({ withdrawnAt, withdrawnBy: personOf(ctx) })
    .where(
      and(
        eq(declaration.uai, uai),
        eq(declaration.requirement, requirement),
        isNull(declaration.withdrawnAt),
        gt(declaration.expiresAt, withdrawnAt),
        declarationId === undefined ? undefined : eq(declaration.id, declarationId),
      ),
    )
    .returning({ id: declaration.id })
  if (rows.length === 0) return 0
  await markDue(tx, [uai], withdrawnAt)
  await record(tx, ctx, {
    action: 'declaration.withdraw',
    subject: { kind: 'requirement', id: requirement },
    uai,
    details: { declarations: rows.map(({ id }) => id) },
  })
  return rows.length
}

/**
 * Takes back what the establishment says of a requirement; the history keeps it. Evaluates the establishment at once.
 * Errors: `forbidden`, `not_found`, `conflict` when nothing is declared.
 */
export async function withdrawDeclaration(ctx: Context, target: { uai: string; requirement: string }) {
  const identity = authorise(ctx.actor, 'declaration:write')
  personOf(ctx)
  const done = await write(ctx, identity, async (tx) => {
    const { uai } = await findOpenEtablissement(tx, target.uai)
    const { requirement } = target
    const withdrawn = await withdrawIn(tx, ctx, { uai, requirement })
    if (withdrawn > 0) return { uai, requirement, withdrawn }
    throw new AppError(
      'conflict',
      'L’établissement ne déclare rien pour cette exigence : il n’y a rien à retirer.',
    )
  })
  await evaluateEtablissements(ctx, [done.uai])
  return done
}
