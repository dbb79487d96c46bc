import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { keyActors } from '../keys/key-actors.ts'
import { findHolder } from '../keys/key-row.ts'
import { helpedOf } from './helped.ts'
import type { AssistanceAnswer, NewPinInput } from './schema.ts'
import { setProvenPin } from './set-proven-pin.ts'

/**
 * At the desk of the direct superior, a holder who forgot the PIN types another, with a code of the key: the way out for
 * who has no account of Vigie. Errors: `forbidden`, `not_found`, and those of `setProvenPin`.
 */
export async function chooseNewPin(
  ctx: Context,
  holderId: string,
  { code, pin }: NewPinInput,
): Promise<AssistanceAnswer> {
  const identity = authorise(ctx.actor, 'key:hand_over')
  const person = await ctx.db.transact(identity, async (tx) => {
    const holder = await findHolder(tx, holderId)
    if (!keyActors(ctx.actor, holder, holder).includes('superior'))
      throw new AppError(
        'forbidden',
        'Seul le supérieur direct du porteur fait choisir un code PIN, face à face.',
      )
    return (await helpedOf(tx, [holder]))[0]
  })
  if (!person?.key) throw new AppError('conflict', 'Ce porteur n’a pas de clé.')
  await setProvenPin(
    ctx,
    identity,
    { ...person, key: person.key },
    {
      currentPin: null,
      code,
      pin,
      channel: 'assistance',
      refusal:
        'Ce code n’a pas été accepté. Attendez le suivant ; s’il est refusé aussi, l’assistance resynchronise la clé.',
    },
  )
  return { done: 'Le nouveau code PIN est enregistré.' }
}
