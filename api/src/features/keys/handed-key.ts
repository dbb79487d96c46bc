import type { Identity, Tx } from '@vigie/db'
import { KEY_STATE_LABELS } from '@vigie/rules'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { keyActors } from './key-actors.ts'
import { findKey, lockKey, type LockedKey } from './key-row.ts'

export type HandedKey = LockedKey & {
  readonly holder: NonNullable<LockedKey['holder']>
  readonly credential: NonNullable<LockedKey['credential']>
}

/**
 * The key under hand-over, locked, when the caller is the one who hands it over. Errors: `not_found`, `forbidden`,
 * `conflict` when no hand-over is open.
 */
export async function handedKey(tx: Tx, ctx: Context, serial: string): Promise<HandedKey> {
  const { key, holder, credential } = await lockKey(tx, (await findKey(tx, serial)).id)
  if (!keyActors(ctx.actor, key, holder).includes('superior'))
    throw new AppError('forbidden', 'Seul le supérieur direct du porteur lui remet sa clé.')
  if (key.state !== 'handed_over' || !holder || !credential)
    throw new AppError(
      'conflict',
      `La clé ${serial} est à l’état « ${KEY_STATE_LABELS[key.state]} » : aucune remise n’est en cours.`,
    )
  return { key, holder, credential }
}

/** The same, read in a transaction of its own: what follows proves a code, which no transaction may hold. */
export const readHandedKey = (ctx: Context, identity: Identity, serial: string): Promise<HandedKey> =>
  ctx.db.transact(identity, (tx) => handedKey(tx, ctx, serial))

/** Errors: `conflict` when no attempt is left, `too_many_requests` while the attempts are paused. */
export function refuseSpentAttempts(ctx: Context, { credential }: HandedKey, budget: number): void {
  if (credential.failCount >= budget)
    throw new AppError(
      'conflict',
      `${budget} essais ont échoué : plus aucun n’est entendu. Annulez la remise, puis recommencez-la ou déclarez la clé cassée.`,
    )
  const wait = (credential.pausedUntil?.getTime() ?? 0) - ctx.clock.now().getTime()
  if (wait > 0)
    throw new AppError(
      'too_many_requests',
      `Trop d’essais ont échoué. Attendez ${Math.ceil(wait / 1000)} secondes, puis réessayez.`,
      { retryAfterSeconds: Math.ceil(wait / 1000) },
    )
}
