import { schema } from '@vigie/db'
import { count, eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { findOpenEtablissement, personOf } from '../declarations/target.ts'
import { readQuestionnaire } from './read-questionnaire.ts'
import { openRun } from './run.ts'
import type { Questionnaire } from './schema.ts'

const { questionnaire, questionnaireReply } = schema

/** Ends the run under way; its summary stays. Errors: `forbidden`, `not_found`, `conflict` when none is under way. */
export async function closeQuestionnaire(
  ctx: Context,
  target: { readonly uai: string },
): Promise<Questionnaire> {
  const identity = authorise(ctx.actor, 'declaration:write')
  personOf(ctx)
  const closed = await write(ctx, identity, async (tx) => {
    const { uai } = await findOpenEtablissement(tx, target.uai)
    const run = await openRun(tx, uai)
    await tx.update(questionnaire).set({ closedAt: ctx.clock.now() }).where(eq(questionnaire.id, run.id))
    const [replies] = await tx
      .select({ count: count() })
      .from(questionnaireReply)
      .where(eq(questionnaireReply.questionnaireId, run.id))
    await record(tx, ctx, {
      action: 'questionnaire.close',
      subject: { kind: 'questionnaire', id: run.id },
      uai,
      details: { replies: replies?.count ?? 0 },
    })
    return uai
  })
  return readQuestionnaire(ctx, closed)
}
