import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { expiryWithin, findOpenEtablissement, personOf } from '../declarations/target.ts'
import { evaluateEtablissements } from '../evaluation/evaluate-etablissements.ts'
import { markDue } from '../evidence/mark-due.ts'
import { refuseUnlessSeen } from '../conformity/seen.ts'
import { writeBatch } from '../review/write-batch.ts'
import type { ArbitrationInput } from './schema.ts'
import { decideAlone, LONGEST_ARBITRATION_MONTHS, refuseUnlessContradicted, settle } from './settle.ts'

/**
 * Settles a contradiction, with a reason and an expiry of 24 months at most; only newer evidence reopens it. Evaluates
 * the establishment at once. Errors: `forbidden`, `not_found`, `invalid_input`, `conflict` when nothing
 * is to be settled, or not as it was seen.
 */
export async function arbitrate(
  ctx: Context,
  target: { uai: string; requirement: string },
  input: ArbitrationInput,
) {
  const identity = authorise(ctx.actor, 'arbitration:write')
  const author = personOf(ctx)
  const expiresAt = expiryWithin(ctx, input.expiresAt, LONGEST_ARBITRATION_MONTHS)
  const decidedAt = ctx.clock.now()
  const { requirement } = target
  const { verdict, reason } = input
  const batchId = ctx.random.uuid()
  const done = await write(ctx, identity, async (tx) => {
    await decideAlone(tx)
    const { uai, academie } = await findOpenEtablissement(tx, target.uai)
    await refuseUnlessContradicted(tx, ctx, uai, requirement)
    await refuseUnlessSeen(tx, { uai, requirement }, input.seen)
    const settled = await settle(tx, ctx, { uai, requirement, verdict, reason, author, expiresAt, batchId })
    await writeBatch(tx, ctx, {
      ...{ id: batchId, academie, kind: 'arbitration', reason, decisions: 1, decidedBy: author },
    })
    await markDue(tx, [uai], decidedAt)
    await record(tx, ctx, {
      action: 'arbitration.write',
      subject: { kind: 'requirement', id: requirement },
      uai,
      details: { verdict, observedVerdict: settled.observedVerdict, expiresAt: expiresAt.toISOString() },
    })
    return { uai, ...settled }
  })
  await evaluateEtablissements(ctx, [done.uai])
  return {
    ...done,
    requirement,
    verdict,
    decidedAt: decidedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }
}
