import { rowsOf, schema, type Tx } from '@vigie/db'
import { REOPENING_MINUTES, type AlertBook, type FollowedIncident } from '@vigie/rules'
import { and, eq, gte, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import { alertKey, type PlacedAlert } from './place-alerts.ts'

/** What is known of the alerts that arrive and of their incidents; the incidents stay locked until the transaction ends. */
export async function loadBook(
  tx: Tx,
  academie: string,
  placed: readonly PlacedAlert[],
  now: Date,
): Promise<AlertBook> {
  const { incident, incidentAlert } = schema
  const fingerprints = [...new Set(placed.map(({ alert }) => alert.fingerprint))]
  const keys = new Set(placed.map(({ arrival }) => arrival.key))
  const known = await tx
    .select({
      fingerprint: incidentAlert.fingerprint,
      startsAt: incidentAlert.startsAt,
      incident: incidentAlert.incidentId,
      status: incidentAlert.status,
    })
    .from(incidentAlert)
    .where(
      and(
        eq(incidentAlert.academie, academie),
        inArray(incidentAlert.fingerprint, fingerprints),
        gte(incidentAlert.startsAt, new Date(Math.min(...placed.map(({ startsAt }) => startsAt.getTime())))),
      ),
    )
  const alerts = known
    .map(({ fingerprint, startsAt, ...rest }) => ({ key: alertKey(fingerprint, startsAt), ...rest }))
    .filter(({ key }) => keys.has(key))
  const identities = [...new Set(placed.map(({ arrival }) => arrival.identity))]
  const recently = new Date(now.getTime() - REOPENING_MINUTES * 60_000)
  const own = and(
    inArray(incident.identity, identities),
    or(ne(incident.state, 'resolved'), and(isNull(incident.resolvedBy), gte(incident.resolvedAt, recently))),
  )
  const ids = [...new Set(alerts.map((alert) => alert.incident))]
  const rows = await tx
    .select()
    .from(incident)
    .where(and(eq(incident.academie, academie), ids.length > 0 ? or(own, inArray(incident.id, ids)) : own))
    .orderBy(incident.number)
    .for('update')
  const firing = await firingOf(
    tx,
    rows.map(({ id }) => id),
  )
  const incidents = rows
    .map((row): FollowedIncident & { number: number } => ({
      id: row.id,
      identity: row.identity ?? '',
      state: row.state,
      severity: row.severity,
      resolvedAt: row.resolvedAt?.getTime() ?? null,
      automatic: row.resolvedBy === null,
      firing: firing.get(row.id) ?? 0,
      number: row.number,
    }))
    .toSorted((a, b) => b.number - a.number)
  return { alerts, incidents }
}

async function firingOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map()
  const { incidentAlert } = schema
  const rows = rowsOf<{ id: string; firing: number }>(
    await tx.execute(sql`
      select ${incidentAlert.incidentId} as id, count(*)::int as firing from ${incidentAlert}
      where ${inArray(incidentAlert.incidentId, [...ids])} and ${incidentAlert.status} = 'firing' group by 1`),
  )
  return new Map(rows.map(({ id, firing }) => [id, firing]))
}
