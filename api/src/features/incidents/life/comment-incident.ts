import { authorise } from '../../../access/authorise.ts'
import type { Context } from '../../../context.ts'
import { write } from '../../../journal/write.ts'
import type { CommentInput } from '../schema.ts'
import { addEvent } from './add-event.ts'
import { recordAct } from './change-state.ts'
import { holdIncident } from './who-acts.ts'

/** Adds words to the history. Errors: `forbidden`, `not_found`. */
export async function commentIncident(
  ctx: Context,
  id: string,
  { comment }: CommentInput,
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const identity = authorise(ctx.actor, 'incident:work')
  await write(ctx, identity, async (tx) => {
    const { incident } = await holdIncident(tx, ctx, id, 'comment')
    await addEvent(tx, ctx, { incidentId: id, kind: 'commented', comment, details })
    await recordAct(tx, ctx, 'commented', incident)
  })
}
