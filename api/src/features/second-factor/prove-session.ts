import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { proveCode } from '../otp/prove.ts'
import { signedIn } from './signed-in.ts'
import { strengthenSession } from './strengthen-session.ts'

/**
 * Second step of a sign-in: the code of the account's key, on the budget that every path shares; the password stands for
 * the PIN. In: the code, the session's value. Out: its new value. Errors: `invalid_credentials`, the same whatever was
 * wrong; `conflict` when the account has no key.
 */
export async function proveSession(ctx: Context, code: string, token: string | null): Promise<string> {
  const actor = signedIn(ctx)
  if (!actor.holderId) throw new AppError('conflict', 'Aucune clé n’est liée à ce compte.')
  const proof = { holderId: actor.holderId, pin: null, code, channel: 'sign_in' } as const
  if (!(await proveCode(ctx, proof))) {
    throw new AppError(
      'invalid_credentials',
      'Code refusé. Attendez le code suivant et réessayez ; après plusieurs échecs, la clé se met en pause.',
    )
  }
  return strengthenSession(ctx, actor.id, token)
}
