import { reaches, type IncidentSeverity } from '@vigie/rules'
import type { schema } from '@vigie/db'
import type { EventRow } from '../queue/present-event.ts'
import type { PlacedIncident } from '../queue/present-incident.ts'
import type { IncidentNews } from './incident-mail.ts'

export type RecipientRow = typeof schema.incidentRecipient.$inferSelect

export interface Happened {
  readonly event: Pick<EventRow, 'kind' | 'details'>
  readonly placed: PlacedIncident
}

const isSeverity = (value: unknown): value is IncidentSeverity =>
  value === 'critical' || value === 'warning' || value === 'info'

/** Severities before and after, when the event changed it. */
function change({ details }: Happened['event']): readonly [IncidentSeverity, IncidentSeverity] | null {
  const [before, after] = Array.isArray(details['severity']) ? (details['severity'] as unknown[]) : []
  return isSeverity(before) && isSeverity(after) ? [before, after] : null
}

/**
 * In: who is to be told, what happened, the incidents of which something was told earlier. Out: what concerns that
 * recipient, each incident once; null when nothing does. A resolution is told only after the incident was.
 */
export function newsOf(
  recipient: RecipientRow,
  happened: readonly Happened[],
  toldBefore: ReadonlySet<string>,
): IncidentNews | null {
  const concerned = happened.filter(
    ({ placed: { incident } }) =>
      incident.academie === recipient.academie &&
      (recipient.departement === null || incident.departement === recipient.departement) &&
      reaches(incident.severity, recipient.severity),
  )
  const told = new Set<string>()
  const take = (kept: (one: Happened) => boolean): PlacedIncident[] =>
    concerned.filter(kept).flatMap(({ placed }) => {
      if (told.has(placed.incident.id)) return []
      told.add(placed.incident.id)
      return [placed]
    })
  const opened = take(({ event }) => event.kind === 'opened')
  // Resolved again since: its resolution says enough, unless nothing was told before.
  const reopened = take(
    ({ event, placed }) => event.kind === 'reopened' && placed.incident.state !== 'resolved',
  )
  const raised = take(({ event, placed }) => {
    const severities = change(event)
    return (
      severities !== null &&
      placed.incident.state !== 'resolved' &&
      !reaches(severities[0], recipient.severity)
    )
  })
  const resolved = take(
    ({ event, placed: { incident } }) =>
      event.kind === 'resolved' && incident.state === 'resolved' && toldBefore.has(incident.id),
  )
  if (told.size === 0) return null
  return { academie: recipient.academie, opened, reopened, raised, resolved }
}
