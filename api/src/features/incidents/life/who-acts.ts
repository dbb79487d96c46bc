import {
  INCIDENT_LIFE,
  INCIDENT_PARTY_LABELS,
  INCIDENT_STATE_LABELS,
  incidentActors,
  refusalOfIncidentAction,
  type IncidentAction,
  type IncidentActor,
} from '@vigie/rules'
import type { Tx } from '@vigie/db'
import type { Actor } from '../../../access/actor.ts'
import type { Context } from '../../../context.ts'
import { AppError } from '../../../errors.ts'
import { lockIncident, type IncidentRecord } from './find-incident.ts'
import { placeOfIncident, rolesAt, type IncidentPlace } from './incident-place.ts'

/** In: who calls, an incident and its place. Out: what the caller is to it. Vigie's own jobs handle everything. */
export function actorsOf(
  actor: Actor,
  incident: Pick<IncidentRecord, 'party'>,
  place: IncidentPlace,
): readonly IncidentActor[] {
  if (actor.kind === 'system') return ['desk']
  return actor.kind === 'account' ? incidentActors(rolesAt(actor.grants, place), incident.party) : []
}

export interface HeldIncident {
  readonly incident: IncidentRecord
  readonly place: IncidentPlace
}

/**
 * The incident, locked, when the caller may do this to it now. Errors: `not_found`, `forbidden`, `conflict` when its
 * state has moved.
 */
export async function holdIncident(
  tx: Tx,
  ctx: Context,
  id: string,
  action: IncidentAction,
): Promise<HeldIncident> {
  const incident = await lockIncident(tx, id)
  const place = await placeOfIncident(tx, incident)
  const refusal = refusalOfIncidentAction(action, actorsOf(ctx.actor, incident, place), incident.state)
  if (refusal === 'actor')
    throw new AppError(
      'forbidden',
      `« ${INCIDENT_LIFE[action].label} » revient à qui doit agir (${INCIDENT_PARTY_LABELS[incident.party].toLowerCase()}), à l’académie ou à l’assistance.`,
    )
  if (refusal === 'state')
    throw new AppError(
      'conflict',
      `L’incident nº ${incident.number} est entre-temps passé à l’état « ${INCIDENT_STATE_LABELS[incident.state]} ». Rechargez la page pour voir qui a agi.`,
    )
  return { incident, place }
}

/** Account that acts; null when it is Vigie. */
export const accountOf = ({ actor }: Context): string | null => (actor.kind === 'account' ? actor.id : null)
