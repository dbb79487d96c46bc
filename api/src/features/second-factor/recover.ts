import { schema, type Identity, type Tx } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { transition } from '../keys/transition.ts'

export interface Recovery {
  readonly reason: string
}

/**
 * Withdraws the software key of a person who lost it, after a call on the known number: the next sign-in takes up a new
 * one. Only who manages that person's keys may; the sessions are closed. Errors: `forbidden`, `not_found`, `conflict`
 * (a hardware key follows the replacement procedure).
 */
export async function recoverSecondFactor(
  ctx: Context,
  accountId: string,
  { reason }: Recovery,
): Promise<void> {
  const identity = authorise(ctx.actor, 'key:manage')
  await findHolderOf(ctx, identity, accountId)
  await write(ctx, identity, async (tx) => {
    const key = await softwareKey(tx, accountId)
    const facts = { reason, calledBackAt: ctx.clock.now() }
    if (key.state !== 'revoked') await transition(tx, ctx, key, 'revoke', facts)
    await transition(tx, ctx, key, 'scrap', facts)
    await record(tx, ctx, { action: 'second_factor.recovered', subject: { kind: 'account', id: accountId } })
  })
  await write(ctx, { role: 'vigie_auth' }, async (tx) => {
    await tx.delete(schema.session).where(eq(schema.session.accountId, accountId))
    await record(tx, ctx, { action: 'session.closed', subject: { kind: 'account', id: accountId } })
  })
}

async function findHolderOf(ctx: Context, identity: Identity, accountId: string): Promise<void> {
  const { otpHolder } = schema
  const [holder] = await ctx.db.transact(identity, (tx) =>
    tx.select({ id: otpHolder.id }).from(otpHolder).where(eq(otpHolder.accountId, accountId)),
  )
  if (!holder) throw new AppError('not_found', 'Aucun porteur de votre périmètre n’est lié à ce compte.')
}

async function softwareKey(tx: Tx, accountId: string) {
  const { otpCredential, otpHolder, otpKey } = schema
  const [key] = await tx
    .select({ id: otpKey.id, kind: otpKey.kind, state: otpKey.state })
    .from(otpHolder)
    .innerJoin(otpKey, eq(otpKey.holderId, otpHolder.id))
    .innerJoin(
      otpCredential,
      and(eq(otpCredential.keyId, otpKey.id), eq(otpCredential.holderId, otpHolder.id)),
    )
    .where(eq(otpHolder.accountId, accountId))
  if (!key) throw new AppError('conflict', 'Ce compte n’a pas de clé : rien n’est à reprendre.')
  if (key.kind !== 'software') {
    throw new AppError(
      'conflict',
      'Cette personne tient une clé physique : suivez la procédure de remplacement.',
    )
  }
  return key
}
