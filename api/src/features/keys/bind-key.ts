import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { write } from '../../journal/write.ts'
import { findHolder, findKey } from './key-row.ts'
import { readKey } from './read-key.ts'
import type { KeyFile } from './schema.ts'
import { transition } from './transition.ts'

/** Prepares a key in stock for a holder. Out: the key's file. Errors: those of `transition`. */
export async function bindKey(ctx: Context, serial: string, holderId: string): Promise<KeyFile> {
  const identity = authorise(ctx.actor, 'key:manage')
  await write(ctx, identity, async (tx) => {
    const key = await findKey(tx, serial)
    await findHolder(tx, holderId)
    await transition(tx, ctx, key, 'bind', { holderId })
  })
  return readKey(ctx, serial)
}
