import type { Context } from '../../context.ts'
import { setProvenPin } from '../assistance/set-proven-pin.ts'
import { ownHolderWithKey, ownIdentity } from './own-holder.ts'
import type { OwnKeyAnswer, PinInput } from './schema.ts'
import { REFUSED_CODE } from './wording.ts'

/**
 * The holder chooses another PIN, with a code of the key: the session is what one knows, the code what one has. Errors:
 * `conflict` (no active key), `invalid_input` (refused, guessable).
 */
export async function changeOwnPin(ctx: Context, input: PinInput): Promise<OwnKeyAnswer> {
  const { identity, accountId } = ownIdentity(ctx)
  const person = await ctx.db.transact(identity, (tx) => ownHolderWithKey(tx, accountId))
  await setProvenPin(ctx, identity, person, {
    currentPin: input.currentPin ?? null,
    code: input.code,
    pin: input.pin,
    channel: 'self_service',
    refusal: REFUSED_CODE,
  })
  return { done: 'Votre nouveau code PIN est enregistré.', procedureId: null }
}
