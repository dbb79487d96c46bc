import { schema } from '@vigie/db'
import { PROCEDURES } from '@vigie/rules'
import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { keyActors } from '../keys/key-actors.ts'
import { findHolder } from '../keys/key-row.ts'
import { authoriseKeyAct } from '../keys/authorise-act.ts'
import { findProcedure, viewProcedure } from './read-procedure.ts'
import type { Procedure } from './schema.ts'

/**
 * Ends a case before its last step, with a reason. No key changes: the answer says what is left to put right. Errors:
 * `forbidden`, `not_found`, `conflict` when it is closed.
 */
export async function cancelProcedure(
  ctx: Context,
  procedureId: string,
  { reason }: { reason: string },
): Promise<Procedure> {
  const identity = authoriseKeyAct(ctx.actor)
  const { keyProcedure, keyAct } = schema
  await write(ctx, identity, async (tx) => {
    const procedure = await findProcedure(tx, procedureId)
    const holder = await findHolder(tx, procedure.holderId)
    const actors = keyActors(ctx.actor, holder, holder)
    if (
      ctx.actor.kind !== 'account' ||
      !PROCEDURES[procedure.kind].openedBy.some((by) => actors.includes(by))
    )
      throw new AppError('forbidden', 'Ce cas s’annule par qui peut l’ouvrir.')
    const at = ctx.clock.now()
    const closed = await tx
      .update(keyProcedure)
      .set({ closedAt: at, outcome: 'cancelled', step: 'cancelled' })
      .where(and(eq(keyProcedure.id, procedureId), isNull(keyProcedure.closedAt)))
      .returning({ id: keyProcedure.id })
    if (closed.length === 0) throw new AppError('conflict', 'Ce cas est déjà clos.')
    await tx.insert(keyAct).values({
      id: ctx.random.uuid(),
      holderId: holder.id,
      keyId: procedure.keyId,
      procedureId,
      act: 'cancelled',
      at,
      actorKind: ctx.actor.kind,
      actorId: ctx.actor.id,
      reason,
    })
    await record(tx, ctx, {
      action: 'procedure.cancelled',
      subject: { kind: 'procedure', id: procedureId },
      details: { kind: procedure.kind, holderId: holder.id },
    })
  })
  return viewProcedure(ctx, identity, procedureId)
}
