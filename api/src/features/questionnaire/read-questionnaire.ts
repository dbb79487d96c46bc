import { questionOf } from '@vigie/rules'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { nameAuthors } from '../bordereaux/people.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import { loadRun } from './run.ts'
import type { Questionnaire } from './schema.ts'
import { nextOf, planRun } from './steps.ts'
import { summaryOf } from './summary.ts'

/**
 * The guided questionnaire of an establishment: the run under way with its questions and replies, or the last one and
 * what a new one would ask. Errors: `forbidden`, `not_found`.
 */
export async function readQuestionnaire(ctx: Context, uai: string): Promise<Questionnaire> {
  const identity = authorise(ctx.actor, 'conformity:read')
  const now = ctx.clock.now()
  const { place, state, summary } = await ctx.db.transact(identity, async (tx) => {
    const found = await findEtablissement(tx, uai)
    const loaded = await loadRun(tx, found, now)
    return { place: found, state: loaded, summary: await summaryOf(tx, loaded, found.degree) }
  })
  const { run, standings } = state
  const { plan, steps, replied, minutesLeft } = planRun(state, place.degree, now)
  const nameOf = await nameAuthors(ctx, run ? [run.startedBy] : [])
  return {
    uai: place.uai,
    run: run
      ? {
          id: run.id,
          startedAt: run.startedAt.toISOString(),
          startedBy: nameOf(run.startedBy),
          closedAt: run.closedAt?.toISOString() ?? null,
          withOptional: run.withOptional,
        }
      : null,
    steps: [...steps],
    replied,
    minutes: plan.minutes,
    minutesLeft,
    next: nextOf(steps),
    postponed: plan.postponed.length,
    optional: standings.filter(({ level, basis, replied }) => level === 'F' && basis === 'none' && !replied)
      .length,
    recent: plan.recent.map((requirement) => ({
      requirement,
      question: questionOf(requirement)?.question ?? requirement,
    })),
    settled: plan.settled,
    summary,
  }
}
