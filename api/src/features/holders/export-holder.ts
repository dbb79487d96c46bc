import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { readHolder } from './read-holder.ts'
import type { HolderFile } from './schema.ts'

/**
 * All that Vigie keeps about one person as a holder, to be handed to that person; the journal says that it was asked.
 * Errors: `forbidden`, `not_found`.
 */
export async function exportHolder(
  ctx: Context,
  holderId: string,
): Promise<{ exportedAt: string; holder: HolderFile }> {
  const identity = authorise(ctx.actor, 'key:stock')
  const holder = await readHolder(ctx, holderId)
  await write(ctx, identity, (tx) =>
    record(tx, ctx, { action: 'holder.exported', subject: { kind: 'holder', id: holderId } }),
  )
  return { exportedAt: ctx.clock.now().toISOString(), holder }
}
