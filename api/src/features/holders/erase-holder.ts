import { schema, type Tx } from '@vigie/db'
import { eq, or } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { findHolder, type HolderRow } from '../keys/key-row.ts'
import { refuseHeldKey } from './update-holder.ts'

const { keyAct, keyProcedure, keyTransition, otpCredential, otpHolder } = schema

export const ERASED_NAME = 'Porteur effacé'

/**
 * Forgets a person who no longer holds a key: name, login, mail, number, place, and the words written about them. What
 * happened stays, under a pseudonym; archived slips stay too, as evidence. Errors: `forbidden`, `not_found`, `conflict`.
 */
export async function eraseHolder(ctx: Context, holderId: string): Promise<void> {
  const identity = authorise(ctx.actor, 'key:stock')
  const holder = await ctx.db.transact(identity, (tx) => findHolder(tx, holderId))
  if (holder.kind === 'mairie')
    throw new AppError('conflict', 'Une mairie n’est pas une personne : il n’y a rien à effacer.')
  if (holder.erasedAt) return
  // The words of past transitions are beyond what screens may change: the row has been seen, the machine forgets.
  await write(ctx, { role: 'vigie_worker' }, async (tx) => {
    await refuseHeldKey(tx, holder)
    await forget(tx, ctx, holder)
    await record(tx, ctx, { action: 'holder.erased', subject: { kind: 'holder', id: holder.id } })
  })
}

async function forget(tx: Tx, ctx: Context, { id, departedAt }: HolderRow): Promise<void> {
  const now = ctx.clock.now()
  const login = `efface-${id}`
  await tx
    .update(otpHolder)
    .set({
      login,
      displayName: ERASED_NAME,
      mail: null,
      callBackNumber: null,
      company: null,
      uai: null,
      accountId: null,
      departedAt: departedAt ?? now,
      erasedAt: now,
    })
    .where(eq(otpHolder.id, id))
  await tx
    .update(otpCredential)
    .set({ login, active: false, pinMac: null, pepperId: null, temporaryMac: null, temporaryUntil: null })
    .where(eq(otpCredential.holderId, id))
  await tx.update(keyAct).set({ reason: null }).where(eq(keyAct.holderId, id))
  await tx.update(keyTransition).set({ reason: null }).where(eq(keyTransition.holderId, id))
  await tx
    .update(keyProcedure)
    .set({ reason: null })
    .where(or(eq(keyProcedure.holderId, id), eq(keyProcedure.otherHolderId, id)))
}
