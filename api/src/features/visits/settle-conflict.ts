import { schema } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { personOf } from '../declarations/target.ts'
import { holdVisit, openVisit } from './find-visit.ts'
import type { SettlementInput } from './schema.ts'

/**
 * A person chooses between the answer in place and the one kept aside. Errors: `forbidden`, `not_found`, `conflict` when
 * it was settled already, or when another answer has taken the place since it was looked at.
 */
export async function settleConflict(
  ctx: Context,
  { id, answerId }: { readonly id: string; readonly answerId: string },
  input: SettlementInput,
): Promise<void> {
  const identity = authorise(ctx.actor, 'visit:work')
  personOf(ctx)
  const { visitAnswer } = schema
  await write(ctx, identity, async (tx) => {
    const visit = openVisit(await holdVisit(tx, ctx, id))
    const [incoming] = await tx
      .select()
      .from(visitAnswer)
      .where(and(eq(visitAnswer.id, answerId), eq(visitAnswer.visitId, id)))
    if (!incoming) throw new AppError('not_found', 'Cette réponse n’est pas dans cette visite.')
    if (incoming.conflictsWith === null)
      throw new AppError('conflict', 'Ce choix a déjà été fait. Rechargez la page.')
    const [standing] = await tx
      .select()
      .from(visitAnswer)
      .where(
        and(
          eq(visitAnswer.visitId, id),
          eq(visitAnswer.requirement, incoming.requirement),
          eq(visitAnswer.standing, true),
        ),
      )
    if (standing?.id !== input.against)
      throw new AppError(
        'conflict',
        'Une autre réponse vient de prendre la place : regardez-la avant de choisir.',
      )
    const keepsIncoming = input.keep === 'incoming'
    if (keepsIncoming)
      await tx.update(visitAnswer).set({ standing: false }).where(eq(visitAnswer.id, standing.id))
    await tx
      .update(visitAnswer)
      .set({ standing: keepsIncoming, conflictsWith: null })
      .where(eq(visitAnswer.id, incoming.id))
    await record(tx, ctx, {
      action: 'visit.settle',
      subject: { kind: 'visit', id },
      uai: visit.uai,
      details: { requirement: incoming.requirement, kept: keepsIncoming ? incoming.id : standing.id },
    })
  })
}
