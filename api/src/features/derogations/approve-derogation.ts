import { schema, type Tx } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { decideAlone } from '../arbitrations/settle.ts'
import { expiryWithin, findOpenEtablissement, personOf } from '../declarations/target.ts'
import { evaluateEtablissements } from '../evaluation/evaluate-etablissements.ts'
import { markDue } from '../evidence/mark-due.ts'
import { addressesOf, tellDerogation } from '../review/tell-decision.ts'
import { writeBatch } from '../review/write-batch.ts'
import { refuseUnlessSeen } from '../conformity/seen.ts'
import { findDerogation, refuseUnless } from './find-derogation.ts'
import { presentDerogation, type DerogationRow } from './present.ts'
import { LONGEST_DEROGATION_MONTHS, refuseUnlessRecommended } from './request-derogation.ts'
import type { ApprovalInput, DerogationAnswer } from './schema.ts'

const { derogation } = schema

/** Who approves, until when (as asked for by default), within which batch. */
export interface Approval {
  readonly by: string
  readonly expiresAt?: string | undefined
  readonly batchId?: string
}

/** Approves a waiting request in the caller's transaction. Errors: `conflict`, `invalid_input`. */
export async function approveIn(
  tx: Tx,
  ctx: Context,
  asked: DerogationRow,
  degree: 'd1' | 'd2',
  { by, expiresAt, batchId }: Approval,
): Promise<DerogationRow> {
  const now = ctx.clock.now()
  refuseUnless(asked, now, 'pending')
  refuseUnlessRecommended(asked.requirement, degree)
  const until = expiryWithin(ctx, expiresAt ?? asked.expiresAt.toISOString(), LONGEST_DEROGATION_MONTHS)
  const [row] = await tx
    .update(derogation)
    .set({
      ...{ approvedBy: by, approvedAt: now, expiresAt: until, batchId: batchId ?? null },
      requestedUntil: asked.requestedUntil ?? asked.expiresAt,
    })
    .where(eq(derogation.id, asked.id))
    .returning()
  if (!row) throw new Error('the derogation was not written')
  return row
}

/**
 * Grants a requested derogation, until the date asked for or another, and tells who asked. Evaluates the establishment
 * at once. Errors: `forbidden`, `not_found`, `invalid_input`, `conflict` when it does not wait any more.
 */
export async function approveDerogation(
  ctx: Context,
  target: { uai: string; id: string },
  input: ApprovalInput,
): Promise<DerogationAnswer> {
  const identity = authorise(ctx.actor, 'derogation:approve')
  const by = personOf(ctx)
  const batchId = ctx.random.uuid()
  const addresses = await addressesOf(ctx, { derogations: [target.id] })
  const granted = await write(ctx, identity, async (tx) => {
    await decideAlone(tx)
    const etablissement = await findOpenEtablissement(tx, target.uai)
    const { uai } = etablissement
    const asked = await findDerogation(tx, uai, target.id)
    refuseUnless(asked, ctx.clock.now(), 'pending')
    await refuseUnlessSeen(tx, asked, input.seen)
    const { expiresAt } = input
    const row = await approveIn(tx, ctx, asked, etablissement.degree, { by, expiresAt, batchId })
    await writeBatch(tx, ctx, {
      ...{ id: batchId, academie: etablissement.academie, kind: 'derogation_approval', reason: '' },
      ...{ decisions: 1, decidedBy: by },
    })
    await tellDerogation(tx, ctx, etablissement, row, addresses)
    await markDue(tx, [uai], ctx.clock.now())
    await record(tx, ctx, {
      action: 'derogation.approve',
      subject: { kind: 'derogation', id: row.id },
      uai,
      details: { requirement: row.requirement, expiresAt: row.expiresAt.toISOString() },
    })
    return row
  })
  await evaluateEtablissements(ctx, [granted.uai])
  return presentDerogation(granted, ctx.clock.now())
}
