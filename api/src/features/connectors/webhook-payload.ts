import type { schema } from '@vigie/db'
import type { IncidentEventKind } from '@vigie/db/schema'

export type IncidentRow = typeof schema.incident.$inferSelect
export type IncidentEventRow = typeof schema.incidentEvent.$inferSelect

/** What is told outside, by kind of history row; the others stay in Vigie. */
export const EXPORTED_EVENTS: Partial<Record<IncidentEventKind, string>> = {
  opened: 'incident.opened',
  acknowledged: 'incident.acknowledged',
  assigned: 'incident.assigned',
  commented: 'incident.commented',
  linked: 'incident.updated',
  resolved: 'incident.resolved',
  reopened: 'incident.reopened',
}

export const EVENT_LABELS: Readonly<Record<string, string>> = {
  'incident.opened': 'Ouverture',
  'incident.acknowledged': 'Prise en compte',
  'incident.assigned': 'Affectation',
  'incident.commented': 'Commentaire',
  'incident.updated': 'Modification',
  'incident.resolved': 'Résolution',
  'incident.reopened': 'Réouverture',
}

/** Version of the payload: a change that a receiver could trip over makes another one. */
export const PAYLOAD_SCHEMA = 'vigie.incident/1'

export interface Place {
  readonly academie: string
  readonly departement: string | null
  readonly uai: string | null
  readonly name: string | null
  readonly commune: string | null
}

/** What a receiver is given, whole at each event: it needs no earlier one. Described in docs/exploitation/connecteurs.md. */
export interface IncidentPayload {
  readonly schema: string
  readonly event: string
  /** Grows with the history of the incident. */
  readonly sequence: number
  readonly occurredAt: string
  /** Words of the person who acted, or null. */
  readonly comment: string | null
  readonly incident: {
    readonly id: string
    readonly number: number
    readonly url: string | null
    readonly origin: string
    readonly state: string
    readonly severity: string
    readonly title: string
    readonly description: string
    readonly place: Place
    readonly service: string | null
    readonly requirement: string | null
    readonly party: string
    readonly openedAt: string
    readonly acknowledgedAt: string | null
    readonly resolvedAt: string | null
  }
}

/** In: the event's name, its row, the incident as it stands, its place, Vigie's public address. */
export function incidentPayload(
  event: string,
  row: Pick<IncidentEventRow, 'id' | 'at' | 'comment'>,
  incident: IncidentRow,
  place: Place,
  publicUrl: string | null,
): IncidentPayload {
  return {
    schema: PAYLOAD_SCHEMA,
    event,
    sequence: row.id,
    occurredAt: row.at.toISOString(),
    comment: row.comment,
    incident: {
      id: incident.id,
      number: incident.number,
      url: publicUrl ? `${publicUrl}/incidents/${incident.id}` : null,
      origin: incident.origin,
      state: incident.state,
      severity: incident.severity,
      title: incident.title,
      description: incident.description,
      place,
      service: incident.service,
      requirement: incident.requirement,
      party: incident.party,
      openedAt: incident.openedAt.toISOString(),
      acknowledgedAt: incident.acknowledgedAt?.toISOString() ?? null,
      resolvedAt: incident.resolvedAt?.toISOString() ?? null,
    },
  }
}
