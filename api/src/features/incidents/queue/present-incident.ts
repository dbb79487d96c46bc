import {
  INCIDENT_ORIGIN_LABELS,
  INCIDENT_PARTY_LABELS,
  INCIDENT_SEVERITY_LABELS,
  INCIDENT_STATE_LABELS,
  SERVICES,
  dueAtOf,
} from '@vigie/rules'
import { schema } from '@vigie/db'
import { academieName, departementName } from '../../etablissements/labels.ts'
import type { IncidentRecord } from '../life/find-incident.ts'
import type { IncidentRow } from '../schema.ts'

/** An incident and what its establishment is called. */
export interface PlacedIncident {
  readonly incident: IncidentRecord
  readonly name: string | null
  readonly commune: string | null
}

export const PLACED_COLUMNS = {
  incident: schema.incident,
  name: schema.etablissement.name,
  commune: schema.etablissement.commune,
}

const SERVICE_NAMES = new Map<string, string>(SERVICES.map(({ id, name }) => [id, name]))

const secondsBetween = (from: Date, to: Date): number =>
  Math.max(0, Math.round((to.getTime() - from.getTime()) / 1_000))

/** In: where an incident is. Out: how a screen or a message calls that place. */
export function placeLabel({ incident, name, commune }: PlacedIncident): string {
  if (incident.uai !== null) return name === null ? incident.uai : `${name}, ${commune ?? ''}`
  return incident.departement === null
    ? academieName(incident.academie)
    : departementName(incident.departement)
}

/** In: an incident, names of accounts, now. Out: the incident as a list shows it. */
export function presentIncident(
  placed: PlacedIncident,
  nameOf: (id: string) => string,
  now: Date,
): IncidentRow {
  const { incident: row, name, commune } = placed
  const dueAt = new Date(dueAtOf(row.severity, row.openedAt.getTime()))
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    origin: row.origin,
    originLabel: INCIDENT_ORIGIN_LABELS[row.origin],
    severity: row.severity,
    severityLabel: INCIDENT_SEVERITY_LABELS[row.severity],
    state: row.state,
    stateLabel: INCIDENT_STATE_LABELS[row.state],
    party: row.party,
    partyLabel: INCIDENT_PARTY_LABELS[row.party],
    academie: row.academie,
    academieName: academieName(row.academie),
    departement: row.departement,
    departementName: row.departement === null ? null : departementName(row.departement),
    uai: row.uai,
    etablissementName: name,
    commune,
    placeLabel: placeLabel(placed),
    service: row.service,
    serviceName: row.service === null ? null : (SERVICE_NAMES.get(row.service) ?? null),
    requirement: row.requirement,
    alertName: row.alertName,
    assignee: row.assigneeId === null ? null : { id: row.assigneeId, name: nameOf(row.assigneeId) },
    occurrences: row.occurrences,
    openedAt: row.openedAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    ageSeconds: secondsBetween(row.openedAt, row.resolvedAt ?? now),
    timeToAcknowledge: row.acknowledgedAt ? secondsBetween(row.openedAt, row.acknowledgedAt) : null,
    timeToResolve: row.resolvedAt ? secondsBetween(row.openedAt, row.resolvedAt) : null,
    dueAt: dueAt.toISOString(),
    late: (row.resolvedAt ?? now) > dueAt,
  }
}
