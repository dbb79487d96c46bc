import type { IncidentSeverity } from './incident.ts'

/**
 * Hours, nights and week-ends included, within which an incident is over or a request answered: what the CGU promise by
 * default (CARINE MCO-SEI-2).
 */
export const RESOLUTION_HOURS: Readonly<Record<IncidentSeverity, number>> = {
  critical: 24,
  warning: 72,
  info: 240,
}

/** Minutes after an automatic resolution during which the same alert reopens its incident. */
export const REOPENING_MINUTES = 15

/** In: an incident's severity and opening (epoch ms). Out: until when it is on time (epoch ms). */
export const dueAtOf = (severity: IncidentSeverity, openedAt: number): number =>
  openedAt + RESOLUTION_HOURS[severity] * 3_600_000

/** How an incident counts: null while it runs within its delay. */
export function onTime(
  incident: {
    readonly severity: IncidentSeverity
    readonly openedAt: number
    readonly resolvedAt: number | null
  },
  at: number,
): boolean | null {
  const dueAt = dueAtOf(incident.severity, incident.openedAt)
  if (incident.resolvedAt !== null) return incident.resolvedAt <= dueAt
  return at > dueAt ? false : null
}
