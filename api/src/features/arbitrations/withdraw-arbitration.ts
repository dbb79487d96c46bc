import { schema } from '@vigie/db'
import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { findOpenEtablissement, personOf } from '../declarations/target.ts'
import { evaluateEtablissements } from '../evaluation/evaluate-etablissements.ts'
import { markDue } from '../evidence/mark-due.ts'
import { decideAlone } from './settle.ts'

const { arbitration } = schema

/**
 * Takes back the newest arbitration that has not expired: what is observed and declared counts again, an older
 * arbitration included if it still stands. Errors: `forbidden`, `not_found` when there is none.
 */
export async function withdrawArbitration(
  ctx: Context,
  target: { uai: string; requirement: string },
): Promise<void> {
  const identity = authorise(ctx.actor, 'arbitration:write')
  const withdrawnBy = personOf(ctx)
  const withdrawnAt = ctx.clock.now()
  const evaluated = await write(ctx, identity, async (tx) => {
    await decideAlone(tx)
    const { uai } = await findOpenEtablissement(tx, target.uai)
    const [standing] = await tx
      .select({ id: arbitration.id })
      .from(arbitration)
      .where(
        and(
          eq(arbitration.uai, uai),
          eq(arbitration.requirement, target.requirement),
          isNull(arbitration.withdrawnAt),
          gt(arbitration.expiresAt, withdrawnAt),
        ),
      )
      .orderBy(desc(arbitration.decidedAt))
      .limit(1)
    if (!standing)
      throw new AppError('not_found', 'Aucun arbitrage en cours ne porte sur cette exigence ici.')
    await tx.update(arbitration).set({ withdrawnAt, withdrawnBy }).where(eq(arbitration.id, standing.id))
    await markDue(tx, [uai], withdrawnAt)
    await record(tx, ctx, {
      action: 'arbitration.withdraw',
      subject: { kind: 'arbitration', id: standing.id },
      uai,
      details: { requirement: target.requirement },
    })
    return uai
  })
  await evaluateEtablissements(ctx, [evaluated])
}
