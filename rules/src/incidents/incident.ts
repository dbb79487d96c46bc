export const INCIDENT_STATES = ['open', 'acknowledged', 'resolved'] as const
export type IncidentState = (typeof INCIDENT_STATES)[number]

/** `alert`: Prometheus saw it; `request`: a user asks (CARINE MCO-SEI-3); `report`: a person saw it. */
export const INCIDENT_ORIGINS = ['alert', 'request', 'report'] as const
export type IncidentOrigin = (typeof INCIDENT_ORIGINS)[number]

/** Gravest first. */
export const INCIDENT_SEVERITIES = ['critical', 'warning', 'info'] as const
export type IncidentSeverity = (typeof INCIDENT_SEVERITIES)[number]

export const INCIDENT_STATE_LABELS: Readonly<Record<IncidentState, string>> = {
  open: 'À prendre en compte',
  acknowledged: 'Pris en compte',
  resolved: 'Résolu',
}

export const INCIDENT_ORIGIN_LABELS: Readonly<Record<IncidentOrigin, string>> = {
  alert: 'Alerte',
  request: 'Demande',
  report: 'Signalement',
}

export const INCIDENT_SEVERITY_LABELS: Readonly<Record<IncidentSeverity, string>> = {
  critical: 'Critique',
  warning: 'Majeur',
  info: 'Mineur',
}

/** Who must act, said to anyone. */
export const INCIDENT_PARTY_LABELS = {
  etablissement: 'L’établissement',
  collectivite: 'La collectivité',
  academie: 'L’académie',
} as const

/** In: a severity as an alert words it. Out: one of ours; what is unknown is grave enough to be looked at. */
export function severityOf(label: string | undefined): IncidentSeverity {
  switch (label?.trim().toLowerCase()) {
    case 'critical':
    case 'page':
    case 'error':
    case 'high':
    case 'critique':
      return 'critical'
    case 'info':
    case 'information':
    case 'notice':
    case 'low':
    case 'none':
      return 'info'
    default:
      return 'warning'
  }
}

/** Out: the graver of two severities. */
export const graver = (a: IncidentSeverity, b: IncidentSeverity): IncidentSeverity =>
  INCIDENT_SEVERITIES.indexOf(a) <= INCIDENT_SEVERITIES.indexOf(b) ? a : b

/** In: a severity and a floor. Out: true when it is at least as grave. */
export const reaches = (severity: IncidentSeverity, floor: IncidentSeverity): boolean =>
  graver(severity, floor) === severity
