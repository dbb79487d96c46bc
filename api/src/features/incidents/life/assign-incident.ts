import { authorise } from '../../../access/authorise.ts'
import type { Context } from '../../../context.ts'
import { AppError } from '../../../errors.ts'
import { write } from '../../../journal/write.ts'
import type { AssignmentInput } from '../schema.ts'
import { addEvent } from './add-event.ts'
import { assigneesAt } from './assignees.ts'
import { recordAct, updateIncident } from './change-state.ts'
import { findIncident } from './find-incident.ts'
import { placeOfIncident } from './incident-place.ts'
import { holdIncident } from './who-acts.ts'

/**
 * Gives the incident to a person of the party that must act, or to nobody. Errors: `forbidden`, `not_found`,
 * `invalid_input` for anyone else, `conflict` when it is over.
 */
export async function assignIncident(
  ctx: Context,
  id: string,
  { accountId }: AssignmentInput,
): Promise<void> {
  const identity = authorise(ctx.actor, 'incident:work')
  const party = await refuseStranger(ctx, id, accountId)
  await write(ctx, identity, async (tx) => {
    const { incident } = await holdIncident(tx, ctx, id, 'assign')
    if (incident.party !== party)
      throw new AppError('conflict', 'L’incident vient de changer de responsable. Rechargez la page.')
    if (incident.assigneeId === accountId) return
    await updateIncident(tx, id, { assigneeId: accountId })
    await addEvent(tx, ctx, { incidentId: id, kind: 'assigned', details: { accountId } })
    await recordAct(tx, ctx, 'assigned', incident, { accountId })
  })
}

async function refuseStranger(ctx: Context, id: string, accountId: string | null) {
  const identity = authorise(ctx.actor, 'incident:work')
  const { incident, place } = await ctx.db.transact(identity, async (tx) => {
    const found = await findIncident(tx, id)
    return { incident: found, place: await placeOfIncident(tx, found) }
  })
  if (accountId === null) return incident.party
  const assignees = await assigneesAt(ctx, incident.party, place)
  if (!assignees.some((assignee) => assignee.id === accountId)) {
    const detail = 'Ce compte n’agit pas pour le responsable de cet incident : choisissez dans la liste.'
    throw new AppError('invalid_input', detail, { errors: [{ pointer: '/accountId', detail }] })
  }
  return incident.party
}
