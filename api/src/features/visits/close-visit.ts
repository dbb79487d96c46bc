import { schema, type Tx } from '@vigie/db'
import { and, eq, isNotNull } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { decideAlone } from '../arbitrations/settle.ts'
import { recountProgress } from '../campaigns/recount-progress.ts'
import { personOf } from '../declarations/target.ts'
import { evaluateEtablissements } from '../evaluation/evaluate-etablissements.ts'
import { markDue } from '../evidence/mark-due.ts'
import { enterAnswers } from './enter-answers.ts'
import { holdVisit, openVisit } from './find-visit.ts'

/**
 * Closes a visit: its answers count from now on, each as a decision that says who looked and when. Evaluates the
 * establishment at once. Errors: `forbidden`, `not_found`, `conflict` when a choice is still to be made.
 */
export async function closeVisit(ctx: Context, id: string): Promise<{ entered: number; left: string[] }> {
  const identity = authorise(ctx.actor, 'visit:work')
  personOf(ctx)
  const done = await write(ctx, identity, async (tx) => {
    const visit = openVisit(await holdVisit(tx, ctx, id))
    await refuseConflicts(tx, id)
    await decideAlone(tx)
    const at = ctx.clock.now()
    await markDue(tx, [visit.uai], at)
    const { entered, left } = await enterAnswers(tx, ctx, visit)
    await tx.update(schema.visit).set({ closedAt: at }).where(eq(schema.visit.id, id))
    if (visit.campaignId !== null) {
      const { campaignEtablissement: row } = schema
      await tx
        .update(row)
        .set({ visitedAt: at })
        .where(and(eq(row.campaignId, visit.campaignId), eq(row.uai, visit.uai)))
      await recountProgress(tx, { uais: [visit.uai] }, at)
    }
    await record(tx, ctx, {
      action: 'visit.close',
      subject: { kind: 'visit', id },
      uai: visit.uai,
      details: { entered: entered.length, left: left.length },
    })
    return { uai: visit.uai, entered: entered.length, left }
  })
  await evaluateEtablissements(ctx, [done.uai])
  return { entered: done.entered, left: done.left }
}

async function refuseConflicts(tx: Tx, visitId: string): Promise<void> {
  const { visitAnswer } = schema
  const waiting = await tx.$count(
    visitAnswer,
    and(eq(visitAnswer.visitId, visitId), isNotNull(visitAnswer.conflictsWith)),
  )
  if (waiting === 0) return
  throw new AppError(
    'conflict',
    `${waiting === 1 ? 'Une réponse attend' : `${waiting} réponses attendent`} un choix : tranchez avant de clore.`,
  )
}
