import { schema, type Tx } from '@vigie/db'
import { nextStep } from '@vigie/rules'
import { and, asc, eq, inArray, isNull, or } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { situationsOf, type Situation } from './facts.ts'

const { keyProcedure, otpHolder } = schema

/** What has just changed. */
export interface Concerned {
  readonly holderIds: readonly string[]
  readonly keyId?: string
}

/**
 * Looks again at the open cases of these holders and of this key, inside the transaction that changed them: a case
 * whose steps are all done is closed. Its rows are locked, so that of two changes at once the later sees
 * the earlier; not as far as their keys, that an act written at the same time refers to.
 */
export async function advanceProcedures(
  tx: Tx,
  ctx: Context,
  { holderIds, keyId }: Concerned,
): Promise<void> {
  const about = [
    ...(holderIds.length > 0
      ? [inArray(keyProcedure.holderId, [...holderIds]), inArray(keyProcedure.otherHolderId, [...holderIds])]
      : []),
    ...(keyId === undefined ? [] : [eq(keyProcedure.keyId, keyId)]),
  ]
  if (about.length === 0) return
  const open = await tx
    .select()
    .from(keyProcedure)
    .where(and(isNull(keyProcedure.closedAt), or(...about)))
    .orderBy(asc(keyProcedure.id))
    .for('no key update')
  for (const situation of await situationsOf(tx, open)) await advance(tx, ctx, situation)
}

async function advance(tx: Tx, ctx: Context, situation: Situation): Promise<void> {
  const { procedure, arrivingKeys } = situation
  const next = nextStep(procedure.kind, situation)
  const where = eq(keyProcedure.id, procedure.id)
  if (next !== null) {
    if (next.step !== procedure.step) await tx.update(keyProcedure).set({ step: next.step }).where(where)
    return
  }
  const at = ctx.clock.now()
  const newKeyId = arrivingKeys.find(({ state }) => state === 'active')?.id ?? null
  await tx.update(keyProcedure).set({ step: 'done', closedAt: at, outcome: 'done', newKeyId }).where(where)
  if (procedure.kind === 'departure')
    await tx
      .update(otpHolder)
      .set({ departedAt: at })
      .where(and(eq(otpHolder.id, procedure.holderId), isNull(otpHolder.departedAt)))
  await record(tx, ctx, {
    action: 'procedure.done',
    subject: { kind: 'procedure', id: procedure.id },
    details: { kind: procedure.kind, holderId: procedure.holderId, newKeyId },
  })
}
