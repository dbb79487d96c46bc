import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import type { Retransmission } from './attempt.ts'
import { READ_ANSWER } from './statements.ts'

const EVERY_MS = 25
const TRIES = 80

/**
 * Answer of the first request that carried this idempotency key; waits for it while it is under way. Errors: `conflict`
 * when that request held something else; `unavailable` when it never ended: a crash consumed nothing.
 */
export async function repeatedAnswer(
  ctx: Context,
  { tokenId, key, fingerprint }: Retransmission,
): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const [found] = await ctx.db.verification.run<{ fingerprint: string; accepted: boolean | null }>(
      READ_ANSWER,
      [tokenId, key],
    )
    if (found && found.fingerprint !== fingerprint) {
      throw new AppError(
        'conflict',
        'Cette clé d’idempotence a déjà servi à une autre demande. Choisissez-en une neuve.',
      )
    }
    if (found && found.accepted !== null) return found.accepted
    await sleep(EVERY_MS)
  }
  throw new AppError('unavailable', 'La première demande n’a pas abouti. Reprenez avec un nouveau code.')
}
