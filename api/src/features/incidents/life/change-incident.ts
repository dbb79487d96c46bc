import type { Tx } from '@vigie/db'
import { authorise } from '../../../access/authorise.ts'
import type { Context } from '../../../context.ts'
import { AppError } from '../../../errors.ts'
import { write } from '../../../journal/write.ts'
import { findOpenEtablissement } from '../../declarations/target.ts'
import { findEtablissement } from '../../etablissements/find-etablissement.ts'
import type { ChangeInput } from '../schema.ts'
import { addEvent } from './add-event.ts'
import { recordAct, updateIncident } from './change-state.ts'
import { concernFrom, partyAt, refuseForeignMachine } from './concern.ts'
import type { IncidentRecord } from './find-incident.ts'
import { placeOfIncident, rolesAt, type IncidentPlace } from './incident-place.ts'
import { holdIncident } from './who-acts.ts'

const CHANGEABLE = ['severity', 'uai', 'departement', 'service', 'requirement', 'machineId', 'party'] as const
type Changeable = Pick<IncidentRecord, (typeof CHANGEABLE)[number]>

/**
 * Corrects what an incident is about: its gravity, its establishment, its requirement, its machine, who must act. A new
 * requirement or establishment gives the party anew unless one is chosen, and a new party leaves nobody in charge.
 * Errors: `forbidden`, `not_found`, `invalid_input`, `conflict` when it is over.
 */
export async function changeIncident(ctx: Context, id: string, input: ChangeInput): Promise<void> {
  const identity = authorise(ctx.actor, 'incident:work')
  await write(ctx, identity, async (tx) => {
    const { incident, place } = await holdIncident(tx, ctx, id, 'change')
    const moved = input.uai === undefined ? place : await movedTo(tx, ctx, incident, input.uai)
    const wanted = await wantedOf(tx, incident, moved, input)
    const changed = CHANGEABLE.filter((name) => wanted[name] !== incident[name])
    if (changed.length === 0) return
    const details = Object.fromEntries(changed.map((name) => [name, [incident[name], wanted[name]]]))
    const assignee = wanted.party === incident.party ? {} : { assigneeId: null }
    await updateIncident(tx, id, { ...wanted, ...assignee })
    await addEvent(tx, ctx, { incidentId: id, kind: 'linked', details })
    await recordAct(tx, ctx, 'changed', { ...incident, uai: wanted.uai }, details)
  })
}

async function wantedOf(
  tx: Tx,
  incident: IncidentRecord,
  place: IncidentPlace,
  input: ChangeInput,
): Promise<Changeable> {
  const { uai, departement } = place
  const sameRequirement = input.requirement === undefined
  const concern = sameRequirement
    ? concernFrom(incident.requirement, incident.service)
    : concernFrom(input.requirement ?? null, input.requirement == null ? incident.service : null)
  const stays = sameRequirement && uai === incident.uai
  const kept = uai === incident.uai ? incident.machineId : null
  const machineId = input.machineId === undefined ? kept : input.machineId
  if (input.machineId) await refuseForeignMachine(tx, input.machineId, uai)
  const party =
    input.party ??
    (stays ? incident.party : await partyAt(tx, { origin: incident.origin, ...concern }, place))
  return { severity: input.severity ?? incident.severity, uai, departement, ...concern, machineId, party }
}

/** An establishment of the same académie; or none, for who acts for the whole académie. */
async function movedTo(
  tx: Tx,
  ctx: Context,
  { academie }: IncidentRecord,
  uai: string | null,
): Promise<IncidentPlace> {
  const fault = (detail: string) =>
    new AppError('invalid_input', detail, { errors: [{ pointer: '/uai', detail }] })
  if (uai === null) {
    const whole = await placeOfIncident(tx, { academie, departement: null, uai: null })
    const { actor } = ctx
    if (actor.kind === 'system' || (actor.kind === 'account' && rolesAt(actor.grants, whole).length > 0))
      return whole
    throw fault('Seul un compte de l’académie rattache un incident à l’académie entière.')
  }
  const found = await findEtablissement(tx, (await findOpenEtablissement(tx, uai)).uai)
  if (found.academie !== academie) throw fault('Cet établissement est d’une autre académie que l’incident.')
  return placeOfIncident(tx, found)
}
