import { schema, type Tx } from '@vigie/db'
import { FAILURES_BEFORE_LOCK, KEY_STATE_LABELS } from '@vigie/rules'
import { and, desc, eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { bordereauRefs } from './key-history.ts'
import { keyActors } from './key-actors.ts'
import { CREDENTIAL_COLUMNS, findKey } from './key-row.ts'
import { holderOf } from './open-hand-over.ts'
import { presentHolderRef } from './present-key.ts'
import type { BordereauRef, HandOver } from './schema.ts'

const { bordereau, keyTransition, otpCredential, otpSecret } = schema

const HANDED = ['handed_over', 'active', 'paused', 'locked']
const LABELS = {
  identity: 'Identité vérifiée',
  bordereau: 'Bordereau signé',
  pin: 'Code PIN choisi',
  code: 'Premier code accepté',
} as const

/** Slip of the last hand-over of that key to that holder. */
async function lastSlip(tx: Tx, keyId: string, holderId: string): Promise<BordereauRef | null> {
  const [last] = await tx
    .select({ bordereauId: keyTransition.bordereauId })
    .from(keyTransition)
    .where(
      and(
        eq(keyTransition.keyId, keyId),
        eq(keyTransition.holderId, holderId),
        eq(keyTransition.transition, 'hand_over'),
      ),
    )
    .orderBy(desc(keyTransition.at))
    .limit(1)
  if (!last?.bordereauId) return null
  return (await bordereauRefs(tx, eq(bordereau.id, last.bordereauId)))[0] ?? null
}

/**
 * Where the hand-over of a key stands: it can be left and taken up again. Errors: `forbidden`, `not_found`, `conflict`
 * when the key is not prepared for anyone.
 */
export async function readHandOver(ctx: Context, serial: string): Promise<HandOver> {
  const identity = authorise(ctx.actor, 'key:read')
  return ctx.db.transact(identity, async (tx) => {
    const key = await findKey(tx, serial)
    const holder = await holderOf(tx, key)
    const [credential] = await tx
      .select(CREDENTIAL_COLUMNS)
      .from(otpCredential)
      .where(eq(otpCredential.keyId, key.id))
    const [token] = await tx
      .select({ digits: otpSecret.digits })
      .from(otpSecret)
      .where(eq(otpSecret.keyId, key.id))
    const handed = HANDED.includes(key.state)
    if (!token || !credential || (key.state !== 'initialised' && !handed))
      throw new AppError(
        'conflict',
        `La clé ${serial} est à l’état « ${KEY_STATE_LABELS[key.state]} » : elle n’est pas à remettre.`,
      )
    const slip = handed ? await lastSlip(tx, key.id, holder.id) : null
    const active = key.state !== 'initialised' && key.state !== 'handed_over'
    const done = { identity: handed, bordereau: handed, pin: credential.pepperId !== null, code: active }
    const steps = (['identity', 'bordereau', 'pin', 'code'] as const).map((step) => ({
      step,
      label: LABELS[step],
      done: done[step],
    }))
    return {
      serial: key.serial,
      state: key.state,
      stateLabel: KEY_STATE_LABELS[key.state],
      digits: token.digits,
      holder: presentHolderRef(holder),
      steps,
      next: steps.find((step) => !step.done)?.step ?? null,
      bordereau: slip,
      attemptsLeft: Math.max(0, FAILURES_BEFORE_LOCK - credential.failCount),
      pausedUntil: credential.pausedUntil?.toISOString() ?? null,
      mine: keyActors(ctx.actor, key, holder).includes('superior'),
    }
  })
}
