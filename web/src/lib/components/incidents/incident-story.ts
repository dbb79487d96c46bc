import { formatDuration } from '#lib/duration.ts'
import type { Incident } from './incident-view.ts'

type Told = Pick<
  Incident,
  | 'state'
  | 'openedBy'
  | 'acknowledgedBy'
  | 'resolvedBy'
  | 'assignee'
  | 'ageSeconds'
  | 'timeToAcknowledge'
  | 'timeToResolve'
  | 'firingAlerts'
  | 'alertsTotal'
>

const within = (seconds: number | null): string => (seconds === null ? '' : ` en ${formatDuration(seconds)}`)
const by = (name: string | null): string => (name === null ? '' : ` par ${name}`)

/** In: an incident. Out: where it stands, in one or two sentences. */
export function standingOf(incident: Told): string {
  const { state, resolvedBy, acknowledgedBy, assignee, firingAlerts, alertsTotal } = incident
  if (state === 'resolved') {
    const took = within(incident.timeToResolve)
    return resolvedBy === null && alertsTotal > 0
      ? `Résolu${took} : l’alerte a cessé d’elle-même.`
      : `Résolu${took}${by(resolvedBy)}.`
  }
  const goesOn =
    alertsTotal === 0 ? '' : firingAlerts > 0 ? ' L’alerte sonne toujours.' : ' L’alerte a cessé de sonner.'
  const age = formatDuration(incident.ageSeconds)
  if (state === 'open') return `En cours depuis ${age} : personne ne s’en occupe encore.${goesOn}`
  const seen = `Pris en compte${within(incident.timeToAcknowledge)}${by(acknowledgedBy)}`
  const held = assignee ? `, confié à ${assignee.name}` : ''
  return `En cours depuis ${age}. ${seen}${held}.${goesOn}`
}

/** In: an address that came from outside. Out: it, when a browser may be sent there; null otherwise. */
export const safeLink = (url: string | null): string | null =>
  url !== null && /^https?:\/\//.test(url) ? url : null

/** In: the address of a runbook. Out: where it stands on this site, null when it is elsewhere. */
export function localRunbook(url: string | null): { readonly href: string; readonly anchor: string } | null {
  const found = /\/exploitation\/alertes#([a-z0-9-]+)$/.exec(url ?? '')
  return found?.[1] ? { href: `/exploitation/alertes#${found[1]}`, anchor: found[1] } : null
}

/** What is drawn beside each kind of event, in a square of 16. */
const EVENT_SIGNS: Readonly<Record<string, string>> = {
  opened: 'M8 2.500v7.300M8 13v.2',
  repeated: 'M12.800 6.500A5.200 5.200 0 1 0 13 9.500M13 3v3.600H9.400',
  acknowledged:
    'M2 8c1.800-2.900 3.800-4.300 6-4.300S12.200 5.100 14 8c-1.800 2.900-3.800 4.300-6 4.300S3.800 10.900 2 8ZM8 6.400a1.600 1.600 0 1 1 0 3.200 1.600 1.600 0 0 1 0-3.200Z',
  assigned:
    'M8 2.600a2.600 2.600 0 1 1 0 5.200 2.600 2.600 0 0 1 0-5.200ZM3 13.600c.4-2.800 2.300-4 5-4s4.600 1.200 5 4',
  commented: 'M2.500 3.500h11v7.500H8l-3 2.500V11H2.500Z',
  linked: 'm3 13 .7-2.900 7.200-7.200 2.200 2.200-7.200 7.200Z',
  resolved: 'M2.500 8.600 6.300 12.400 13.600 4',
  reopened: 'M6 3.500 2.500 7 6 10.500M2.500 7h7.300c2 0 3.700 1.300 3.700 3.200V13',
  ticket_created: 'M2 5h12v2a1.200 1.200 0 0 0 0 2.400V11.500H2V9.400A1.200 1.200 0 0 0 2 7Z',
  ticket_followed: 'M2 5h12v2a1.200 1.200 0 0 0 0 2.400V11.500H2V9.400A1.200 1.200 0 0 0 2 7Z',
}

/** In: the kind of an event. Out: its sign; a dot for a kind that is not known here. */
export const eventSign = (kind: string): string => EVENT_SIGNS[kind] ?? 'M8 7.900v.2'

const TONES: Readonly<Record<string, 'alarm' | 'done' | 'act'>> = {
  opened: 'alarm',
  repeated: 'alarm',
  reopened: 'alarm',
  resolved: 'done',
}

/** In: the kind of an event. Out: what it feels like, for its colour. */
export const eventTone = (kind: string): 'alarm' | 'done' | 'act' => TONES[kind] ?? 'act'
