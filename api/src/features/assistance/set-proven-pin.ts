import { schema, type Identity } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { write } from '../../journal/write.ts'
import { keyringOf } from '../../secrets/keyring.ts'
import { isGuessable, macPin } from '../../secrets/pin.ts'
import type { KeyRow } from '../keys/key-row.ts'
import { proveCode } from '../otp/prove.ts'
import type { HelpedPerson } from './helped.ts'
import { recordAct } from './record-act.ts'

export interface ProvenPin {
  /** Null when it is forgotten: the code alone is proven, beside who the caller is. */
  readonly currentPin: string | null
  readonly code: string
  readonly pin: string
  readonly channel: 'self_service' | 'assistance'
  /** What the person reads when the code is refused. */
  readonly refusal: string
}

/**
 * Gives the holder of an active key another PIN, proven by a code of the key through the budget of every path. Call it
 * outside a transaction. Errors: `conflict` (no active key, limited-time password running), `invalid_input` (code refused,
 * guessable PIN).
 */
export async function setProvenPin(
  ctx: Context,
  identity: Identity,
  { holder, key, credential }: HelpedPerson & { readonly key: KeyRow },
  { currentPin, code, pin, channel, refusal }: ProvenPin,
): Promise<void> {
  if (key.state !== 'active' || key.kind !== 'hardware')
    throw new AppError(
      'conflict',
      'Le code PIN se change quand la clé est active. Voyez où en est cette clé.',
    )
  // A limited-time password tells that the key is elsewhere: it must not stand for a code of the key here.
  if (credential?.temporaryUntil && credential.temporaryUntil > ctx.clock.now())
    throw new AppError(
      'conflict',
      'Un mot de passe de dépannage est en cours : le code PIN se change quand la clé est retrouvée et que ce mot de passe a expiré.',
    )
  if (isGuessable(pin))
    throw fault(
      '/pin',
      'Ce code PIN est trop facile à deviner. Évitez quatre chiffres égaux ou qui se suivent.',
    )
  if (!(await proveCode(ctx, { holderId: holder.id, pin: currentPin, code, channel })))
    throw fault('/code', refusal)
  const { otpCredential } = schema
  await write(ctx, identity, async (tx) => {
    const changed = await tx
      .update(otpCredential)
      .set(macPin(keyringOf(ctx.config), holder.id, pin))
      .where(
        and(
          eq(otpCredential.holderId, holder.id),
          eq(otpCredential.keyId, key.id),
          eq(otpCredential.active, true),
        ),
      )
      .returning({ holderId: otpCredential.holderId })
    if (changed.length === 0)
      throw new AppError('conflict', 'La clé a changé d’état entre-temps : le code PIN reste l’ancien.')
    await recordAct(tx, ctx, {
      act: 'pin_changed',
      holderId: holder.id,
      keyId: key.id,
      details: { forgotten: currentPin === null, faceToFace: channel === 'assistance' },
    })
  })
}

const fault = (pointer: string, detail: string): AppError =>
  new AppError('invalid_input', detail, { errors: [{ pointer, detail }] })
