import { schema } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { write } from '../../journal/write.ts'
import { keyringOf } from '../../secrets/keyring.ts'
import { isGuessable, macPin } from '../../secrets/pin.ts'
import { recordAct } from '../assistance/record-act.ts'
import { proveCode } from '../otp/prove.ts'
import { ownHolderWithKey, ownIdentity } from './own-holder.ts'
import type { OwnKeyAnswer, PinInput } from './schema.ts'
import { REFUSED_CODE } from './wording.ts'

/**
 * The holder chooses another PIN, with a code of the key: the session is what one knows, the code what one has. The code
 * is proven through the budget of every path. Errors: `conflict` (no active key), `invalid_input` (refused, guessable).
 */
export async function changeOwnPin(ctx: Context, input: PinInput): Promise<OwnKeyAnswer> {
  const { identity, accountId } = ownIdentity(ctx)
  const { holder, key, credential } = await ctx.db.transact(identity, (tx) => ownHolderWithKey(tx, accountId))
  if (key.state !== 'active' || key.kind !== 'hardware')
    throw new AppError('conflict', 'Le code PIN se change quand la clé est active. Voyez où en est la vôtre.')
  // A limited-time password tells that the key is elsewhere: it must not stand for a code of the key here.
  if (credential?.temporaryUntil && credential.temporaryUntil > ctx.clock.now())
    throw new AppError(
      'conflict',
      'Un mot de passe de dépannage est en cours : changez de code PIN quand vous aurez retrouvé votre clé et qu’il aura expiré.',
    )
  if (isGuessable(input.pin))
    throw fault(
      '/pin',
      'Ce code PIN est trop facile à deviner. Évitez quatre chiffres égaux ou qui se suivent.',
    )
  const proof = { holderId: holder.id, pin: input.currentPin ?? null, code: input.code } as const
  if (!(await proveCode(ctx, { ...proof, channel: 'self_service' }))) throw fault('/code', REFUSED_CODE)
  await write(ctx, identity, async (tx) => {
    const { otpCredential } = schema
    const changed = await tx
      .update(otpCredential)
      .set(macPin(keyringOf(ctx.config), holder.id, input.pin))
      .where(
        and(
          eq(otpCredential.holderId, holder.id),
          eq(otpCredential.keyId, key.id),
          eq(otpCredential.active, true),
        ),
      )
      .returning({ holderId: otpCredential.holderId })
    if (changed.length === 0)
      throw new AppError('conflict', 'Votre clé a changé d’état : le code PIN reste l’ancien.')
    await recordAct(tx, ctx, {
      act: 'pin_changed',
      holderId: holder.id,
      keyId: key.id,
      details: { forgotten: input.currentPin === undefined },
    })
  })
  return { done: 'Votre nouveau code PIN est enregistré.', procedureId: null }
}

const fault = (pointer: string, detail: string): AppError =>
  new AppError('invalid_input', detail, { errors: [{ pointer, detail }] })
