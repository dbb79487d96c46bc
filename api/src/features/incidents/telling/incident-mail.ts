import { INCIDENT_PARTY_LABELS, INCIDENT_SEVERITY_LABELS } from '@vigie/rules'
import { academieName } from '../../etablissements/labels.ts'
import { placeLabel, type PlacedIncident } from '../queue/present-incident.ts'

/** What a recipient is told at once, of one académie. */
export interface IncidentNews {
  readonly academie: string
  readonly opened: readonly PlacedIncident[]
  readonly reopened: readonly PlacedIncident[]
  /** Graver than before: the recipient had not been told. */
  readonly raised: readonly PlacedIncident[]
  readonly resolved: readonly PlacedIncident[]
}

/** Incidents of one section told one by one; the page of incidents lists the others. */
const TOLD = 20

/** Words of users stay in Vigie: they may name someone. */
const TOLD_ORIGINS = { alert: null, request: 'demande d’un utilisateur', report: 'signalement' } as const

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

function lineOf(placed: PlacedIncident, publicUrl: string | null): string {
  const { incident } = placed
  const what = TOLD_ORIGINS[incident.origin] ?? incident.title
  const over = incident.state === 'resolved' ? ' (résolu)' : ''
  const severity = INCIDENT_SEVERITY_LABELS[incident.severity].toLowerCase()
  return [
    `- nº ${incident.number}, ${severity}${over}, ${placeLabel(placed)} : ${what}`,
    `  Responsable : ${lowered(INCIDENT_PARTY_LABELS[incident.party])}`,
    ...(publicUrl === null ? [] : [`  ${publicUrl}/incidents/${incident.id}`]),
  ].join('\n')
}

function section(title: string, incidents: readonly PlacedIncident[], publicUrl: string | null): string[] {
  if (incidents.length === 0) return []
  const left = incidents.length - TOLD
  const more =
    left > 0
      ? [`… et ${left} de plus${publicUrl === null ? '' : ` : ${publicUrl}/incidents?state=unresolved`}`]
      : []
  const lines = incidents.slice(0, TOLD).map((placed) => lineOf(placed, publicUrl))
  return [`${title} (${incidents.length})`, ...lines, ...more]
}

function subjectOf({ academie, ...news }: IncidentNews): string {
  const [only, ...others] = [...news.opened, ...news.reopened, ...news.raised, ...news.resolved]
  if (only && others.length === 0) {
    const { incident } = only
    const severity = INCIDENT_SEVERITY_LABELS[incident.severity].toLowerCase()
    const what =
      news.resolved.length > 0 ? 'résolu' : news.reopened.length > 0 ? `${severity} rouvert` : severity
    return `Vigie : incident nº ${incident.number} ${what}, ${placeLabel(only)}`
  }
  const going = news.opened.length + news.reopened.length + news.raised.length
  const over = news.resolved.length
  const counts = [
    ...(going > 0 ? [`${going} ${going > 1 ? 'incidents' : 'incident'}`] : []),
    ...(over > 0 ? [`${over} ${over > 1 ? 'incidents résolus' : 'incident résolu'}`] : []),
  ]
  return `Vigie : ${counts.join(' et ')}, ${academieName(academie)}`
}

/** In: the news of one recipient, Vigie's public address. Out: one message, in plain French, that names nobody. */
export function incidentMail(
  news: IncidentNews,
  publicUrl: string | null,
): { subject: string; body: string } {
  const sections = [
    section('Nouveaux incidents', news.opened, publicUrl),
    section('Incidents rouverts', news.reopened, publicUrl),
    section('Incidents aggravés', news.raised, publicUrl),
    section('Incidents résolus', news.resolved, publicUrl),
  ]
  const paragraphs = [
    'Bonjour,',
    ...sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')),
    'Ce message est envoyé par Vigie à qui est inscrit pour être prévenu des incidents. Pour ne plus le recevoir, demandez-le à la division informatique de l’académie.',
  ]
  return { subject: subjectOf(news), body: `${paragraphs.join('\n\n')}\n` }
}
