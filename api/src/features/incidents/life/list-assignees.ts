import { authorise } from '../../../access/authorise.ts'
import { labelPerimeters } from '../../../access/perimeter-labels.ts'
import { ROLE_LABELS } from '../../../access/roles.ts'
import type { Context } from '../../../context.ts'
import type { Assignees } from '../schema.ts'
import { assigneesAt } from './assignees.ts'
import { findIncident } from './find-incident.ts'
import { placeOfIncident } from './incident-place.ts'

/** To whom the incident may be given: who acts for its party where it is. Errors: `forbidden`, `not_found`. */
export async function listAssignees(ctx: Context, id: string): Promise<Assignees> {
  const identity = authorise(ctx.actor, 'incident:work')
  const { incident, place } = await ctx.db.transact(identity, async (tx) => {
    const found = await findIncident(tx, id)
    return { incident: found, place: await placeOfIncident(tx, found) }
  })
  const assignees = await assigneesAt(ctx, incident.party, place)
  const labels = await labelPerimeters(
    ctx,
    { role: 'vigie_worker' },
    assignees.map(({ grant }) => grant.perimeter),
  )
  return {
    rows: assignees.map(({ id: accountId, name, grant }, index) => ({
      id: accountId,
      name,
      roleLabel: ROLE_LABELS[grant.role],
      perimeterLabel: labels[index] ?? '',
      assigned: accountId === incident.assigneeId,
    })),
  }
}
