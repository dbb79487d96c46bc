import type { IncidentPayload } from './webhook-payload.ts'

const NAME_LENGTH = 250

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** GLPI keeps rich text: what a person typed must stay text. */
const escape = (text: string) => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character)
const paragraph = (text: string) => `<p>${escape(text).replaceAll('\n', '<br>')}</p>`

const ORIGINS: Readonly<Record<string, string>> = {
  alert: 'Alerte de supervision',
  request: 'Demande d’un utilisateur',
  report: 'Signalement',
}
const URGENCIES: Readonly<Record<string, number>> = { critical: 5, warning: 3, info: 2 }
const ACTS: Readonly<Record<string, string>> = {
  'incident.acknowledged': 'Pris en compte dans Vigie.',
  'incident.commented': 'Commentaire dans Vigie :',
  'incident.resolved': 'Résolu dans Vigie.',
  'incident.reopened': 'Rouvert dans Vigie.',
}

/** What the name of a ticket begins with: how a ticket is found again, in every version of GLPI. */
export const ticketMark = (number: number): string => `[Vigie ${number}]`

/** What the content of a ticket holds: tells the incidents of two Vigies apart. */
export const incidentMark = (incidentId: string): string => `réf. ${incidentId}`

/** What a follow-up holds: how it is found again. */
export const followUpMark = (payload: IncidentPayload): string =>
  `[${payload.incident.number}-${payload.sequence}]`

const placeLine = ({ name, commune, uai, departement, academie }: IncidentPayload['incident']['place']) =>
  uai
    ? [name, commune, uai].filter(Boolean).join(', ')
    : departement
      ? `Département ${departement}`
      : `Académie ${academie}`

/** The ticket of an incident, as `POST /Ticket` takes it; `type` 1 is an incident, 2 a request. */
export function ticketInput(
  { incident }: IncidentPayload,
  choices: { readonly entity: number | null; readonly category: number | null },
): Readonly<Record<string, unknown>> {
  const lines = [
    incident.description,
    `Lieu : ${placeLine(incident.place)}`,
    ...(incident.service ? [`Service CARINE : ${incident.service}`] : []),
    ...(incident.requirement ? [`Exigence : ${incident.requirement}`] : []),
    `Origine : ${ORIGINS[incident.origin] ?? incident.origin}`,
    ...(incident.url ? [`Suivi : ${incident.url}`] : []),
    `Incident ${incident.number} de Vigie, ${incidentMark(incident.id)}`,
  ]
  return {
    name: `${ticketMark(incident.number)} ${incident.title}`.slice(0, NAME_LENGTH),
    content: lines.filter(Boolean).map(paragraph).join(''),
    type: incident.origin === 'request' ? 2 : 1,
    urgency: URGENCIES[incident.severity] ?? 3,
    ...(choices.entity === null ? {} : { entities_id: choices.entity }),
    ...(choices.category === null ? {} : { itilcategories_id: choices.category }),
  }
}

/** What a follow-up or a solution says. */
export const followUpContent = (payload: IncidentPayload): string =>
  [
    ACTS[payload.event] ?? 'Modifié dans Vigie.',
    ...(payload.comment ? [payload.comment] : []),
    followUpMark(payload),
  ]
    .map(paragraph)
    .join('')
