import { schema, type Tx } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { decideAlone } from '../arbitrations/settle.ts'
import { findOpenEtablissement, personOf } from '../declarations/target.ts'
import { addressesOf, tellDerogation } from '../review/tell-decision.ts'
import { writeBatch } from '../review/write-batch.ts'
import { refuseUnlessSeen } from '../conformity/seen.ts'
import { findDerogation, refuseUnless } from './find-derogation.ts'
import { presentDerogation, type DerogationRow } from './present.ts'
import type { DerogationAnswer, RefusalInput } from './schema.ts'

const { derogation } = schema

export interface Refusal {
  readonly by: string
  readonly reason: string
  readonly batchId?: string
}

/** Refuses a waiting request in the caller's transaction. Errors: `conflict`. */
export async function refuseIn(
  tx: Tx,
  ctx: Context,
  asked: DerogationRow,
  { by, reason, batchId }: Refusal,
): Promise<DerogationRow> {
  const now = ctx.clock.now()
  refuseUnless(asked, now, 'pending')
  const [row] = await tx
    .update(derogation)
    .set({ refusedBy: by, refusedAt: now, refusalReason: reason, batchId: batchId ?? null })
    .where(eq(derogation.id, asked.id))
    .returning()
  if (!row) throw new Error('the derogation was not written')
  return row
}

/** Refuses a requested derogation, says why, and tells who asked. Errors: `forbidden`, `not_found`, `conflict`. */
export async function refuseDerogation(
  ctx: Context,
  target: { uai: string; id: string },
  { reason, seen }: RefusalInput,
): Promise<DerogationAnswer> {
  const identity = authorise(ctx.actor, 'derogation:approve')
  const by = personOf(ctx)
  const batchId = ctx.random.uuid()
  const addresses = await addressesOf(ctx, { derogations: [target.id] })
  const refused = await write(ctx, identity, async (tx) => {
    await decideAlone(tx)
    const etablissement = await findOpenEtablissement(tx, target.uai)
    const asked = await findDerogation(tx, etablissement.uai, target.id)
    refuseUnless(asked, ctx.clock.now(), 'pending')
    await refuseUnlessSeen(tx, asked, seen)
    const row = await refuseIn(tx, ctx, asked, { by, reason, batchId })
    await writeBatch(tx, ctx, {
      ...{ id: batchId, academie: etablissement.academie, kind: 'derogation_refusal', reason },
      ...{ decisions: 1, decidedBy: by },
    })
    await tellDerogation(tx, ctx, etablissement, row, addresses)
    await record(tx, ctx, {
      action: 'derogation.refuse',
      subject: { kind: 'derogation', id: row.id },
      uai: row.uai,
      details: { requirement: row.requirement },
    })
    return row
  })
  return presentDerogation(refused, ctx.clock.now())
}
