import { schema } from '@vigie/db'
import { eq, sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { findOpenEtablissement, personOf } from '../declarations/target.ts'
import { newestRun } from './run.ts'
import { readQuestionnaire } from './read-questionnaire.ts'
import type { Questionnaire, StartInput } from './schema.ts'

const { questionnaire } = schema

/**
 * Starts a run of the guided questionnaire, or resumes the one under way. Out: the questionnaire, and whether the run
 * is new. Errors: `forbidden`, `not_found`.
 */
export async function startQuestionnaire(
  ctx: Context,
  target: { readonly uai: string },
  input: StartInput,
): Promise<{ readonly started: boolean; readonly questionnaire: Questionnaire }> {
  const identity = authorise(ctx.actor, 'declaration:write')
  const startedBy = personOf(ctx)
  const done = await write(ctx, identity, async (tx) => {
    const { uai } = await findOpenEtablissement(tx, target.uai)
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`questionnaire ${uai}`}, 0))`)
    const newest = await newestRun(tx, uai)
    const resumed = newest?.closedAt === null ? newest : null
    const withOptional = input.withOptional ?? resumed?.withOptional ?? false
    const id = resumed?.id ?? ctx.random.uuid()
    if (resumed) await tx.update(questionnaire).set({ withOptional }).where(eq(questionnaire.id, id))
    else
      await tx.insert(questionnaire).values({ id, uai, startedAt: ctx.clock.now(), startedBy, withOptional })
    await record(tx, ctx, {
      action: resumed ? 'questionnaire.resume' : 'questionnaire.start',
      subject: { kind: 'questionnaire', id },
      uai,
      details: { withOptional },
    })
    return { uai, started: resumed === null }
  })
  return { started: done.started, questionnaire: await readQuestionnaire(ctx, done.uai) }
}
