import { schema, type Tx } from '@vigie/db'
import type { DecidedVerdict } from '@vigie/db/schema'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { decideAlone, LONGEST_ARBITRATION_MONTHS, settle } from '../arbitrations/settle.ts'
import { expiryWithin, findOpenEtablissement, personOf } from '../declarations/target.ts'
import { evaluateEtablissements } from '../evaluation/evaluate-etablissements.ts'
import { markDue } from '../evidence/mark-due.ts'
import { addressesOf, tellDispute } from '../review/tell-decision.ts'
import { writeBatch } from '../review/write-batch.ts'
import { refuseUnlessSeen } from '../conformity/seen.ts'
import { findOpenDispute, presentDispute, type DisputeRow } from './find-dispute.ts'
import type { DisputeAnswer, DisputeDecisionInput } from './schema.ts'

export interface DisputeDecision extends DisputeDecisionInput {
  readonly by: string
  readonly batchId?: string
}

/** In: a dispute and what was answered. Out: the verdict that its acceptance retains. Errors: `invalid_input`. */
export function verdictOf(kind: DisputeRow['kind'], verdict: DecidedVerdict | undefined): DecidedVerdict {
  if (verdict !== undefined) return verdict
  if (kind === 'not_applicable') return 'not_applicable'
  throw new AppError('invalid_input', 'Dites ce qui est retenu à la place de l’observation.', {
    errors: [{ pointer: '/verdict', detail: 'verdict : choisissez ce qui compte à la place' }],
  })
}

/** Decides an open dispute in the caller's transaction: accepted, it becomes an arbitration. Errors: `invalid_input`. */
export async function decideDisputeIn(
  tx: Tx,
  ctx: Context,
  open: DisputeRow,
  { by, batchId, decision, reason, verdict, expiresAt }: DisputeDecision,
): Promise<DisputeRow> {
  const { uai, requirement } = open
  const arbitrationId =
    decision === 'accepted'
      ? (
          await settle(tx, ctx, {
            ...{ uai, requirement, reason, author: by },
            verdict: verdictOf(open.kind, verdict),
            expiresAt: expiryWithin(ctx, expiryOf(expiresAt), LONGEST_ARBITRATION_MONTHS),
            ...(batchId === undefined ? {} : { batchId }),
          })
        ).id
      : null
  const [row] = await tx
    .update(schema.dispute)
    .set({
      ...{ decision, decisionReason: reason, decidedAt: ctx.clock.now(), decidedBy: by },
      ...{ arbitrationId, batchId: batchId ?? null },
    })
    .where(eq(schema.dispute.id, open.id))
    .returning()
  if (!row) throw new Error('the dispute was not written')
  return row
}

function expiryOf(text: string | undefined): string {
  if (text !== undefined) return text
  throw new AppError('invalid_input', 'Une contestation acceptée l’est jusqu’à une échéance.', {
    errors: [{ pointer: '/expiresAt', detail: 'échéance : donnez la date jusqu’à laquelle cela vaut' }],
  })
}

/**
 * Answers a dispute: accepted, it becomes an arbitration with a reason and an expiry; refused, it says why. Tells who
 * asked, and evaluates the establishment at once. Errors: `forbidden`, `not_found`, `conflict`, `invalid_input`.
 */
export async function decideDispute(
  ctx: Context,
  { id }: { id: string },
  input: DisputeDecisionInput,
): Promise<DisputeAnswer> {
  const identity = authorise(ctx.actor, 'dispute:decide')
  const by = personOf(ctx)
  const batchId = ctx.random.uuid()
  const addresses = await addressesOf(ctx, { disputes: [id] })
  const decided = await write(ctx, identity, async (tx) => {
    await decideAlone(tx)
    const open = await findOpenDispute(tx, id)
    const etablissement = await findOpenEtablissement(tx, open.uai)
    await refuseUnlessSeen(tx, open, input.seen)
    const row = await decideDisputeIn(tx, ctx, open, { ...input, by, batchId })
    await writeBatch(tx, ctx, {
      ...{ id: batchId, academie: etablissement.academie, kind: 'dispute', reason: input.reason },
      ...{ decisions: 1, decidedBy: by },
    })
    await tellDispute(tx, ctx, etablissement, row, addresses)
    await markDue(tx, [row.uai], ctx.clock.now())
    await record(tx, ctx, {
      action: 'dispute.decide',
      subject: { kind: 'dispute', id },
      uai: row.uai,
      details: { requirement: row.requirement, decision: row.decision },
    })
    return row
  })
  await evaluateEtablissements(ctx, [decided.uai])
  return presentDispute(decided)
}
