import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { write } from '../../journal/write.ts'
import { findKey } from './key-row.ts'
import { transition } from './transition.ts'

/** Undoes an open hand-over: the key is prepared again, the PIN is gone. Errors: those of `transition`. */
export async function undoHandOver(ctx: Context, serial: string, reason: string): Promise<void> {
  const identity = authorise(ctx.actor, 'key:hand_over')
  await write(ctx, identity, async (tx) => {
    await transition(tx, ctx, await findKey(tx, serial), 'undo_hand_over', { reason })
  })
}
