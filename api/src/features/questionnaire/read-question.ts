import type { RequirementId } from '@vigie/rules'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { proofsOf } from '../declarations/read-declarations.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import { presentProofs } from '../proofs/present-proof.ts'
import { loadRun } from './run.ts'
import type { Question } from './schema.ts'
import { lonelyStep, nextOf, planRun } from './steps.ts'

/** One question of the run under way, with its place in it. Errors: `forbidden`, `not_found`. */
export async function readQuestion(
  ctx: Context,
  target: { readonly uai: string; readonly requirement: RequirementId },
): Promise<Question> {
  const identity = authorise(ctx.actor, 'conformity:read')
  const now = ctx.clock.now()
  const { requirement } = target
  const { place, state, proofs } = await ctx.db.transact(identity, async (tx) => {
    const found = await findEtablissement(tx, target.uai)
    const loaded = await loadRun(tx, found, now)
    const declaration = loaded.declared.get(requirement)
    const cited = declaration ? await proofsOf(tx, [declaration]) : new Map()
    return { place: found, state: loaded, proofs: declaration ? (cited.get(declaration.id) ?? []) : [] }
  })
  const { steps, replied, minutesLeft } = planRun(state, place.degree, now)
  const at = steps.findIndex((step) => step.requirement === requirement)
  const step = steps[at] ?? lonelyStep(state, place.degree, requirement)
  return {
    ...step,
    proofs: await presentProofs(ctx, proofs),
    position: at < 0 ? null : at + 1,
    total: steps.length,
    replied,
    minutesLeft,
    previous: steps[at - 1]?.requirement ?? null,
    next: nextOf(steps, requirement),
    runOpen: state.run !== null && state.run.closedAt === null,
  }
}
