import { isServiceId, REQUIREMENTS, requirementById } from '../catalogue/index.ts'
import type { Degree, RequirementId, ServiceId } from '../requirement.ts'
import { responsibleParty, type Party } from '../responsibility.ts'
import { EXCEPTIONS, SERVICE_DEFAULTS } from '../sharing.ts'
import type { IncidentOrigin } from './incident.ts'

export interface AlertPlace {
  readonly departement: string | null
  readonly uai: string | null
  readonly service: ServiceId | null
}

/** What makes repeats of an alert one incident, within an académie: the alert and its place. */
export const incidentIdentity = (alertName: string, { departement, uai, service }: AlertPlace): string =>
  JSON.stringify([alertName, departement, uai, service])

/** In: labels. Out: the requirement and the service that they name, as far as the catalogue knows them. */
export function concernOf(labels: Readonly<Record<string, string>>): {
  requirement: RequirementId | null
  service: ServiceId | null
} {
  const named = (labels['requirement'] ?? '')
    .split(/[\s,;]+/)
    .map((id) => requirementById(id))
    .find((requirement) => requirement !== undefined)
  const service = labels['service']
  return {
    requirement: named?.id ?? null,
    service: service !== undefined && isServiceId(service) ? service : (named?.service ?? null),
  }
}

/** Requirements that speak for an incident that names none: the handling of incidents, and of requests. */
const SPOKEN_FOR: Readonly<Record<IncidentOrigin, RequirementId>> = {
  alert: 'MCO-SEI-2',
  report: 'MCO-SEI-2',
  request: 'MCO-SEI-3',
}

/** The party of most requirements that follow the service's own default; the default when they disagree evenly. */
function partyOfService(
  service: ServiceId,
  degree: Degree,
  overrides?: ReadonlyMap<RequirementId, Party>,
): Party {
  const sharing = SERVICE_DEFAULTS[service]
  const byDefault = typeof sharing === 'string' ? sharing : sharing[degree]
  const counts = new Map<Party, number>()
  for (const { id } of REQUIREMENTS.filter((one) => one.service === service && !EXCEPTIONS[one.id])) {
    const party = responsibleParty(id, degree, overrides)
    counts.set(party, (counts.get(party) ?? 0) + 1)
  }
  let best = byDefault
  for (const [party, count] of counts) if (count > (counts.get(best) ?? 0)) best = party
  return best
}

export interface IncidentConcern {
  readonly origin: IncidentOrigin
  readonly requirement: RequirementId | null
  readonly service: ServiceId | null
  /** Degree of the establishment; null when the incident is of no establishment. */
  readonly degree: Degree | null
}

/**
 * Who must act: the sharing table for the requirement, or for the service when it is another one's, as when the state of
 * a service is watched; the académie outside an establishment.
 */
export function partyOfIncident(
  { origin, requirement, service, degree }: IncidentConcern,
  overrides?: ReadonlyMap<RequirementId, Party>,
): Party {
  if (degree === null) return 'academie'
  const own = requirement ? requirementById(requirement)?.service : undefined
  if (requirement && (service === null || service === own))
    return responsibleParty(requirement, degree, overrides)
  if (service) return partyOfService(service, degree, overrides)
  return responsibleParty(SPOKEN_FOR[origin], degree, overrides)
}
