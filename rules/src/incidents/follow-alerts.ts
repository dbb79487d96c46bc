import { REOPENING_MINUTES } from './delays.ts'
import { graver, type IncidentSeverity, type IncidentState } from './incident.ts'

export type AlertStatus = 'firing' | 'resolved'

/** One firing of one alert, under the key that makes its repeats one. */
export interface FollowedAlert {
  readonly key: string
  readonly incident: string
  readonly status: AlertStatus
}

export interface FollowedIncident {
  readonly id: string
  readonly identity: string
  readonly state: IncidentState
  readonly severity: IncidentSeverity
  /** Epoch ms; null unless resolved. */
  readonly resolvedAt: number | null
  /** The end of its alerts resolved it, not a person. */
  readonly automatic: boolean
  /** Its alerts that fire. */
  readonly firing: number
}

export interface AlertArrival {
  readonly key: string
  readonly identity: string
  readonly status: AlertStatus
  readonly severity: IncidentSeverity
}

/** What is known of the alerts that arrive, of their incidents, and of the newest incident of each identity. */
export interface AlertBook {
  readonly alerts: readonly FollowedAlert[]
  readonly incidents: readonly FollowedIncident[]
}

/** An incident after the arrivals, and what happened to it. */
export interface IncidentChange {
  readonly incident: FollowedIncident
  /** The first arrival of a new incident; null for one that was known. */
  readonly opening: AlertArrival | null
  readonly reopened: boolean
  readonly resolved: boolean
  /** New firings that it took in, the first one of a new incident aside. */
  readonly repeats: number
  /** Its severity before, when a graver alert joined it. */
  readonly raisedFrom: IncidentSeverity | null
  /** It was seen to go on. */
  readonly seen: boolean
}

export interface Following {
  /** Alerts that are new or whose status moved. */
  readonly alerts: readonly FollowedAlert[]
  readonly changes: readonly IncidentChange[]
}

type Draft = { -readonly [K in keyof IncidentChange]: IncidentChange[K] }

const untouched = (incident: FollowedIncident): Draft => ({
  incident,
  opening: null,
  reopened: false,
  resolved: false,
  repeats: 0,
  raisedFrom: null,
  seen: false,
})

/** Automatically resolved a short while ago: the same alert goes on rather than begins. */
const reopens = ({ state, automatic, resolvedAt }: FollowedIncident, at: number): boolean =>
  state === 'resolved' && automatic && resolvedAt !== null && at - resolvedAt <= REOPENING_MINUTES * 60_000

/**
 * In: what is known, alerts as they arrive (again, late or in any order), now (epoch ms), the id of a new incident.
 * Out: what to write. One identity has at most one unresolved incident; a firing that was known to be over stays over.
 */
export function followAlerts(
  book: AlertBook,
  arrivals: readonly AlertArrival[],
  at: number,
  newId: () => string,
): Following {
  const alerts = new Map(book.alerts.map((alert) => [alert.key, alert]))
  const drafts = new Map(book.incidents.map((incident) => [incident.id, untouched(incident)]))
  const written = new Map<string, FollowedAlert>()
  const note = (alert: FollowedAlert) => {
    alerts.set(alert.key, alert)
    written.set(alert.key, alert)
  }
  const byIdentity = new Map<string, Draft[]>()
  const index = (draft: Draft) => {
    const { identity } = draft.incident
    byIdentity.set(identity, [...(byIdentity.get(identity) ?? []), draft])
  }
  for (const draft of drafts.values()) index(draft)
  const currentOf = (identity: string): Draft | undefined => {
    const own = byIdentity.get(identity) ?? []
    return (
      own.find(({ incident }) => incident.state !== 'resolved') ??
      own.find(({ incident }) => reopens(incident, at))
    )
  }
  const counted = (draft: Draft, by: number) => {
    draft.incident = { ...draft.incident, firing: draft.incident.firing + by }
  }

  const known = (arrival: AlertArrival, alert: FollowedAlert) => {
    const draft = drafts.get(alert.incident)
    if (alert.status === 'resolved') return
    if (arrival.status === 'resolved') {
      note({ ...alert, status: 'resolved' })
      if (draft) counted(draft, -1)
    }
    if (draft && draft.incident.state !== 'resolved') draft.seen = true
  }
  const join = (draft: Draft, arrival: AlertArrival) => {
    const firing = arrival.status === 'firing'
    if (firing && draft.incident.state === 'resolved') {
      draft.incident = { ...draft.incident, state: 'open', resolvedAt: null, automatic: false }
      draft.reopened = true
    }
    const { severity } = draft.incident
    if (graver(severity, arrival.severity) !== severity) {
      draft.incident = { ...draft.incident, severity: arrival.severity }
      if (draft.opening === null) draft.raisedFrom ??= severity
    }
    draft.repeats += 1
    draft.seen = true
    note({ key: arrival.key, incident: draft.incident.id, status: arrival.status })
    if (firing) counted(draft, 1)
  }
  const open = (arrival: AlertArrival) => {
    const { identity, severity, status, key } = arrival
    const id = newId()
    const firing = status === 'firing' ? 1 : 0
    const incident = {
      id,
      identity,
      severity,
      firing,
      state: 'open',
      resolvedAt: null,
      automatic: false,
    } as const
    const draft = { ...untouched(incident), opening: arrival, seen: true }
    drafts.set(id, draft)
    index(draft)
    note({ key, incident: id, status })
  }

  for (const arrival of arrivals) {
    const alert = alerts.get(arrival.key)
    if (alert) known(arrival, alert)
    else {
      const draft = currentOf(arrival.identity)
      if (draft) join(draft, arrival)
      else open(arrival)
    }
  }
  for (const draft of drafts.values()) {
    if (!draft.seen || draft.incident.state === 'resolved' || draft.incident.firing > 0) continue
    draft.incident = { ...draft.incident, state: 'resolved', resolvedAt: at, automatic: true }
    draft.resolved = true
  }
  return { alerts: [...written.values()], changes: [...drafts.values()].filter(({ seen }) => seen) }
}
