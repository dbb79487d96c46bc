import {
  INCIDENT_PARTY_LABELS,
  INCIDENT_SEVERITY_LABELS,
  type IncidentSeverity,
  type Party,
} from '@vigie/rules'
import type { schema } from '@vigie/db'
import type { IncidentDetail } from '../schema.ts'

export type EventRow = typeof schema.incidentEvent.$inferSelect

/** What acted, for who an event is not a person's. */
const SERVICES: Readonly<Record<string, string>> = { service: 'Alertmanager' }

const NAMES: Readonly<Record<string, string>> = {
  severity: 'gravité',
  uai: 'établissement',
  requirement: 'exigence',
  machineId: 'machine',
  party: 'responsable',
}

const text = (value: unknown): string => (typeof value === 'string' ? value : 'aucun')

function worded(name: string, value: unknown): string {
  if (name === 'severity') return INCIDENT_SEVERITY_LABELS[value as IncidentSeverity].toLowerCase()
  if (name === 'party') return INCIDENT_PARTY_LABELS[value as Party].toLowerCase()
  return text(value)
}

function changesOf(details: Readonly<Record<string, unknown>>): string {
  const said = Object.entries(NAMES).flatMap(([name, label]) => {
    const pair = details[name]
    const [before, after] = Array.isArray(pair) ? (pair as unknown[]) : []
    if (after === undefined) return []
    return name === 'machineId' ? [label] : [`${label} : ${worded(name, before)} → ${worded(name, after)}`]
  })
  return said.length === 0 ? 'Corrigé' : `Corrigé (${said.join(' ; ')})`
}

function repeatsOf({ count, severity }: Readonly<Record<string, unknown>>): string {
  const times = typeof count === 'number' ? count : 1
  const said = times > 1 ? `${times} nouvelles occurrences` : 'Nouvelle occurrence'
  const [, after] = Array.isArray(severity) ? (severity as unknown[]) : []
  return after === undefined ? said : `${said}, gravité portée à ${worded('severity', after)}`
}

function labelOf({ kind, details, actorKind }: EventRow, nameOf: (id: string) => string): string {
  const alert = details['alert']
  const automatic = actorKind === 'service'
  switch (kind) {
    case 'opened':
      if (typeof alert === 'string') return `Ouvert par l’alerte ${alert}`
      return details['origin'] === 'request' ? 'Demande déposée' : 'Incident signalé'
    case 'repeated':
      return repeatsOf(details)
    case 'acknowledged':
      return 'Pris en compte'
    case 'assigned':
      return typeof details['accountId'] === 'string'
        ? `Confié à ${nameOf(details['accountId'])}`
        : 'N’est plus confié à personne'
    case 'commented':
      return 'Commentaire'
    case 'linked':
      return changesOf(details)
    case 'resolved':
      return automatic ? 'Résolu : l’alerte a pris fin' : 'Résolu'
    case 'reopened':
      return automatic ? 'Rouvert : l’alerte a repris' : 'Rouvert'
    case 'ticket_created':
      return `Ticket ${text(details['externalId'])} créé`
    case 'ticket_followed':
      return `Ticket ${text(details['externalId'])} : ${text(details['status'])}`
  }
}

/** Accounts that an event names. */
export const peopleOf = ({ actorKind, actorId, details }: EventRow): string[] => [
  ...(actorKind === 'account' ? [actorId] : []),
  ...(typeof details['accountId'] === 'string' ? [details['accountId']] : []),
]

/** In: an event, names of accounts. Out: the event as the history shows it. */
export function presentEvent(
  row: EventRow,
  nameOf: (id: string) => string,
): IncidentDetail['events'][number] {
  return {
    id: row.id,
    at: row.at.toISOString(),
    kind: row.kind,
    label: labelOf(row, nameOf),
    author: row.actorKind === 'account' ? nameOf(row.actorId) : (SERVICES[row.actorKind] ?? null),
    comment: row.comment,
    details: row.details,
  }
}
