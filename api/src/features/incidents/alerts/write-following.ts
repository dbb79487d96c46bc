import { schema, type Tx } from '@vigie/db'
import type { FollowedAlert, Following, IncidentChange } from '@vigie/rules'
import { eq, sql } from 'drizzle-orm'
import type { Context } from '../../../context.ts'
import { addEvents, type NewEvent } from '../life/add-event.ts'
import { partyAt } from '../life/concern.ts'
import { isWebAddress, keptAnnotations, keptLabels, withoutMail } from './kept-labels.ts'
import type { PlacedAlert } from './place-alerts.ts'

const TITLE = 200
const DESCRIPTION = 4_000

type IncidentInsert = typeof schema.incident.$inferInsert
type AlertInsert = typeof schema.incidentAlert.$inferInsert

const earlier = (a: Date, b: Date): Date => (a < b ? a : b)

export interface Delivered {
  readonly academie: string
  readonly alerts: ReadonlyMap<string, PlacedAlert>
  /** Alerts that Alertmanager left out of its payload. */
  readonly truncated: number
}

/** Writes what following the alerts of a payload changed, in the caller's transaction. */
export async function writeFollowing(
  tx: Tx,
  ctx: Context,
  following: Following,
  delivered: Delivered,
): Promise<void> {
  const opened: IncidentInsert[] = []
  for (const change of following.changes) {
    const first = change.opening ? delivered.alerts.get(change.opening.key) : undefined
    if (first) opened.push(await incidentOf(tx, ctx, change, first))
  }
  if (opened.length > 0) await tx.insert(schema.incident).values(opened)
  for (const change of following.changes) if (!change.opening) await follow(tx, ctx, change)
  await writeAlerts(tx, ctx, following.alerts, delivered)
  await addEvents(
    tx,
    ctx,
    following.changes.flatMap((change) => eventsOf(ctx, change, delivered)),
  )
}

async function incidentOf(
  tx: Tx,
  ctx: Context,
  { incident, repeats, resolved }: IncidentChange,
  { alert, place, startsAt, requirement, service, machineId }: PlacedAlert,
): Promise<IncidentInsert> {
  const now = ctx.clock.now()
  const { labels, annotations } = alert
  const name = labels['alertname'] ?? ''
  const { academie, departement, uai } = place
  return {
    id: incident.id,
    origin: 'alert',
    severity: incident.severity,
    title: withoutMail((annotations['summary'] ?? '').trim() || name, TITLE),
    description: withoutMail((annotations['description'] ?? '').trim(), DESCRIPTION),
    state: incident.state,
    ...{ academie, departement, uai, requirement, service, machineId },
    party: await partyAt(tx, { origin: 'alert', requirement, service }, place),
    alertName: name.slice(0, TITLE),
    identity: incident.identity,
    occurrences: repeats + 1,
    // Already over when it is first heard of: it lasted from then.
    openedAt: resolved ? earlier(startsAt, now) : now,
    lastSeenAt: now,
    resolvedAt: resolved ? now : null,
  }
}

const follow = (tx: Tx, ctx: Context, { incident, repeats, reopened, resolved }: IncidentChange) => {
  const now = ctx.clock.now()
  return tx
    .update(schema.incident)
    .set({
      severity: incident.severity,
      lastSeenAt: now,
      ...(repeats > 0 ? { occurrences: sql`${schema.incident.occurrences} + ${repeats}` } : {}),
      ...(reopened ? { state: 'open' as const, resolvedAt: null, resolvedBy: null } : {}),
      ...(resolved ? { state: 'resolved' as const, resolvedAt: now, resolvedBy: null } : {}),
    })
    .where(eq(schema.incident.id, incident.id))
}

async function writeAlerts(
  tx: Tx,
  ctx: Context,
  alerts: readonly FollowedAlert[],
  { academie, alerts: placed }: Delivered,
): Promise<void> {
  const receivedAt = ctx.clock.now()
  const rows = alerts.flatMap(({ key, incident, status }): AlertInsert[] => {
    const found = placed.get(key)
    if (!found) return []
    const { fingerprint, labels, annotations, generatorURL } = found.alert
    return [
      {
        ...{ academie, fingerprint, status, receivedAt },
        startsAt: found.startsAt,
        endsAt: found.endsAt,
        incidentId: incident,
        labels: keptLabels(labels),
        annotations: keptAnnotations(annotations),
        generatorUrl: generatorURL !== undefined && isWebAddress(generatorURL) ? generatorURL : null,
      },
    ]
  })
  if (rows.length === 0) return
  const { incidentAlert } = schema
  await tx
    .insert(incidentAlert)
    .values(rows)
    .onConflictDoUpdate({
      target: [incidentAlert.academie, incidentAlert.fingerprint, incidentAlert.startsAt],
      set: { status: sql`excluded.status`, endsAt: sql`excluded.ends_at` },
      setWhere: eq(incidentAlert.status, 'firing'),
    })
}

function eventsOf(
  ctx: Context,
  { incident, opening, reopened, resolved, repeats, raisedFrom }: IncidentChange,
  { alerts, truncated }: Delivered,
): NewEvent[] {
  const left = truncated > 0 ? { truncated } : {}
  const first = opening ? alerts.get(opening.key) : undefined
  const incidentId = incident.id
  const raised = raisedFrom === null ? {} : { severity: [raisedFrom, incident.severity] }
  // What began and ended unheard asks nothing of anyone.
  const silent = opening !== null && resolved
  const at = silent && first ? { at: earlier(first.startsAt, ctx.clock.now()) } : {}
  return [
    ...(first
      ? [
          {
            ...{ incidentId, silent, ...at },
            kind: 'opened' as const,
            details: { alert: first.alert.labels['alertname'], origin: 'alert', ...left },
          },
        ]
      : []),
    ...(reopened ? [{ incidentId, kind: 'reopened' as const, details: { ...raised, ...left } }] : []),
    ...(repeats > 0 && !opening && !reopened
      ? [{ incidentId, kind: 'repeated' as const, details: { count: repeats, ...raised, ...left } }]
      : []),
    ...(resolved ? [{ incidentId, kind: 'resolved' as const, silent, details: {} }] : []),
  ]
}
