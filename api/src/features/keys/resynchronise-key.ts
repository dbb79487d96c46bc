import { FAILURES_BEFORE_LOCK } from '@vigie/rules'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { resynchronise } from '../otp/resynchronise.ts'
import { readHandedKey, refuseSpentAttempts } from './handed-key.ts'

/**
 * During a hand-over, finds again a token that drifted in its drawer, from two codes in a row and through the same
 * budget. Errors: as for the activation.
 */
export async function resynchroniseKey(
  ctx: Context,
  serial: string,
  codes: readonly [string, string],
): Promise<void> {
  const identity = authorise(ctx.actor, 'key:hand_over')
  const handed = await readHandedKey(ctx, identity, serial)
  refuseSpentAttempts(ctx, handed, FAILURES_BEFORE_LOCK)
  if (await resynchronise(ctx, { holderId: handed.holder.id, codes, channel: 'activation' })) return
  const detail =
    'Ces deux codes ne se suivent pas sur cette clé. Attendez deux nouveaux codes, puis saisissez-les dans l’ordre.'
  throw new AppError('invalid_input', detail, { errors: [{ pointer: '/codes', detail }] })
}
