import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { keyringOf } from '../../secrets/keyring.ts'
import { isGuessable, macPin } from '../../secrets/pin.ts'
import { handedKey } from './handed-key.ts'

/**
 * Keeps the PIN that the holder has just typed, on the desk of whom hands the key over. Errors: `forbidden`, `not_found`,
 * `conflict` when no hand-over is open, `invalid_input` when the PIN is one of the first that a thief tries.
 */
export async function choosePin(ctx: Context, serial: string, pin: string): Promise<void> {
  const identity = authorise(ctx.actor, 'key:hand_over')
  await write(ctx, identity, async (tx) => {
    const { key, holder } = await handedKey(tx, ctx, serial)
    if (isGuessable(pin)) {
      const detail = 'Ce code PIN est trop facile à deviner. Évitez quatre chiffres égaux ou qui se suivent.'
      throw new AppError('invalid_input', detail, { errors: [{ pointer: '/pin', detail }] })
    }
    await tx
      .update(schema.otpCredential)
      .set(macPin(keyringOf(ctx.config), holder.id, pin))
      .where(eq(schema.otpCredential.holderId, holder.id))
    await record(tx, ctx, {
      action: 'key.pin_chosen',
      subject: { kind: 'key', id: key.id },
      details: { serial: key.serial, holderId: holder.id },
    })
  })
}
