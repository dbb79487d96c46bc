import { FAILURES_BEFORE_LOCK } from '@vigie/rules'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { write } from '../../journal/write.ts'
import { proveCode } from '../otp/prove.ts'
import { readHandedKey, refuseSpentAttempts } from './handed-key.ts'
import { readKey } from './read-key.ts'
import type { ActivationInput, KeyFile } from './schema.ts'
import { transition } from './transition.ts'

/**
 * Last step of a hand-over: the holder's PIN and a first code are proven through the attempt budget of every path, then
 * the key is active. Out: the key's file. Errors: `conflict` (no PIN yet, no attempt left), `too_many_requests` (paused),
 * `invalid_input` (refused), and those of `transition`.
 */
export async function activateKey(ctx: Context, serial: string, input: ActivationInput): Promise<KeyFile> {
  const identity = authorise(ctx.actor, 'key:hand_over')
  const handed = await readHandedKey(ctx, identity, serial)
  if (handed.credential.pepperId === null)
    throw new AppError('conflict', 'Le porteur doit d’abord choisir son code PIN.')
  refuseSpentAttempts(ctx, handed, FAILURES_BEFORE_LOCK)
  const proven = await proveCode(ctx, { holderId: handed.holder.id, ...input, channel: 'activation' })
  if (!proven) {
    const detail =
      'Ce code PIN et ce code n’ont pas été acceptés ensemble. Attendez le code suivant ; s’il est refusé aussi, resynchronisez la clé.'
    throw new AppError('invalid_input', detail, { errors: [{ pointer: '/code', detail }] })
  }
  await write(ctx, identity, (tx) => transition(tx, ctx, handed.key, 'activate', { firstCodeProven: true }))
  return readKey(ctx, serial)
}
