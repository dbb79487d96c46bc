import { authorise } from '../../../access/authorise.ts'
import type { Context } from '../../../context.ts'
import { write } from '../../../journal/write.ts'
import { addEvent } from './add-event.ts'
import { recordAct, updateIncident } from './change-state.ts'
import { accountOf, holdIncident } from './who-acts.ts'

/** Says that someone is on it. Errors: `forbidden`, `not_found`, `conflict` when someone already is, or it is over. */
export async function acknowledgeIncident(
  ctx: Context,
  id: string,
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const identity = authorise(ctx.actor, 'incident:work')
  await write(ctx, identity, async (tx) => {
    const { incident } = await holdIncident(tx, ctx, id, 'acknowledge')
    // An incident that was reopened keeps its first answer: that is what users waited for.
    const first =
      incident.acknowledgedAt === null
        ? { acknowledgedAt: ctx.clock.now(), acknowledgedBy: accountOf(ctx) }
        : {}
    await updateIncident(tx, id, { state: 'acknowledged', ...first })
    await addEvent(tx, ctx, { incidentId: id, kind: 'acknowledged', details })
    await recordAct(tx, ctx, 'acknowledged', incident)
  })
}
