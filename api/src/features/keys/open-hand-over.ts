import type { Tx } from '@vigie/db'
import type { KeyTransition } from '@vigie/rules'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { write } from '../../journal/write.ts'
import { createBordereau } from '../bordereaux/create-bordereau.ts'
import { findHolder, findKey, type HolderRow, type KeyRow } from './key-row.ts'
import { bordereauKindFor } from './preconditions.ts'
import { printedAgent, printedHolder, printedKey } from './printed.ts'
import type { HandOverInput, Slip } from './schema.ts'
import { refuseTransition, transition } from './transition.ts'

/**
 * Opens the hand-over of a key, face to face: its slip and the change of state stand or fall together. Out: the slip.
 * Errors: those of `transition`.
 */
export async function openHandOver(ctx: Context, serial: string, input: HandOverInput): Promise<Slip> {
  const identity = authorise(ctx.actor, 'key:hand_over')
  return write(ctx, identity, async (tx) => {
    const { key } = await refuseTransition(tx, ctx, await findKey(tx, serial), 'hand_over')
    const holder = await holderOf(tx, key)
    const slip = await individualSlip(tx, ctx, 'hand_over', key, holder, {
      representative: input.representative ?? null,
    })
    await transition(tx, ctx, key, 'hand_over', {
      identityChecked: input.identityChecked,
      bordereauId: slip.bordereauId,
    })
    return slip
  })
}

/** Who holds the key. Errors: `conflict` when nobody does. */
export async function holderOf(tx: Tx, key: KeyRow): Promise<HolderRow> {
  if (key.holderId === null)
    throw new AppError('conflict', `La clé ${key.serial} n’a pas de porteur. Attribuez-la d’abord.`)
  return findHolder(tx, key.holderId)
}

/** The slip of one key and one holder, of the kind that the transition asks for. */
export async function individualSlip(
  tx: Tx,
  ctx: Context,
  name: Extract<KeyTransition, 'hand_over' | 'take_back'>,
  key: KeyRow,
  holder: HolderRow,
  said: { representative: string | null; reason?: string | null },
): Promise<Slip> {
  const { id, number } = await createBordereau(tx, ctx, {
    kind: bordereauKindFor(name, holder),
    academie: holder.academie,
    departement: holder.departement,
    circonscription: holder.circonscription,
    uai: holder.uai,
    holderId: holder.id,
    keyIds: [key.id],
    content: {
      key: printedKey(key),
      holder: await printedHolder(tx, holder),
      by: printedAgent(ctx, holder),
      ...said,
    },
  })
  return { bordereauId: id, number }
}
