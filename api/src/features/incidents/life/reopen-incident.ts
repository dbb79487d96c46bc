import { schema, type Tx } from '@vigie/db'
import { and, eq, ne } from 'drizzle-orm'
import { authorise } from '../../../access/authorise.ts'
import type { Context } from '../../../context.ts'
import { AppError } from '../../../errors.ts'
import { write } from '../../../journal/write.ts'
import type { CommentInput } from '../schema.ts'
import { addEvent } from './add-event.ts'
import { recordAct, updateIncident } from './change-state.ts'
import { findIncident, type IncidentRecord } from './find-incident.ts'
import { lockAlerts } from './lock-alerts.ts'
import { holdIncident } from './who-acts.ts'

/**
 * Says that it was not over. Errors: `forbidden`, `not_found`, `conflict` when it is not over, or when a newer incident
 * already follows the same alert at the same place.
 */
export async function reopenIncident(
  ctx: Context,
  id: string,
  { comment }: CommentInput,
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const identity = authorise(ctx.actor, 'incident:work')
  await write(ctx, identity, async (tx) => {
    const { academie } = await findIncident(tx, id)
    await lockAlerts(tx, academie)
    const { incident } = await holdIncident(tx, ctx, id, 'reopen')
    await refuseTwin(tx, incident)
    await updateIncident(tx, id, { state: 'open', resolvedAt: null, resolvedBy: null })
    await addEvent(tx, ctx, { incidentId: id, kind: 'reopened', comment, details })
    await recordAct(tx, ctx, 'reopened', incident)
  })
}

async function refuseTwin(tx: Tx, { academie, identity }: IncidentRecord): Promise<void> {
  if (identity === null) return
  const { incident } = schema
  const [twin] = await tx
    .select({ number: incident.number })
    .from(incident)
    .where(
      and(eq(incident.academie, academie), eq(incident.identity, identity), ne(incident.state, 'resolved')),
    )
  if (!twin) return
  throw new AppError(
    'conflict',
    `L’incident nº ${twin.number} suit déjà la même alerte au même endroit : continuez sur celui-là.`,
  )
}
