import { authorise } from '../../../access/authorise.ts'
import type { Context } from '../../../context.ts'
import { write } from '../../../journal/write.ts'
import type { CommentInput } from '../schema.ts'
import { addEvent } from './add-event.ts'
import { recordAct, updateIncident } from './change-state.ts'
import { accountOf, holdIncident } from './who-acts.ts'

/**
 * Says that it is over, and how; the answer to a request. `details` goes to the history, as the ticket that resolved it.
 * Errors: `forbidden`, `not_found`, `conflict` when it is over already.
 */
export async function resolveIncident(
  ctx: Context,
  id: string,
  { comment }: CommentInput,
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const identity = authorise(ctx.actor, 'incident:work')
  await write(ctx, identity, async (tx) => {
    const { incident } = await holdIncident(tx, ctx, id, 'resolve')
    await updateIncident(tx, id, {
      state: 'resolved',
      resolvedAt: ctx.clock.now(),
      resolvedBy: accountOf(ctx),
    })
    await addEvent(tx, ctx, { incidentId: id, kind: 'resolved', comment, details })
    await recordAct(tx, ctx, 'resolved', incident)
  })
}
