import { rowsOf, type Tx } from '@vigie/db'
import { INCIDENT_SEVERITY_LABELS, INCIDENT_STATE_LABELS } from '@vigie/rules'
import { sql } from 'drizzle-orm'
import { isoOf } from '../conformity/instants.ts'
import type { Surroundings } from './schema.ts'

const SHOWN = 20

type Incident = Surroundings['incidents'][number]

/** Incidents of the caller's académies that are open, or were resolved within the hour: alerts first, the gravest first. */
export async function readIncidents(
  tx: Tx,
  now: Date,
): Promise<Pick<Surroundings, 'incidents' | 'openIncidents'>> {
  const hourAgo = new Date(now.getTime() - 3_600_000).toISOString()
  const found = await tx.execute(sql`
    select id, number::int as number, title, alert_name as alert, severity, state, ${isoOf(sql`opened_at`)} as "openedAt",
      ${isoOf(sql`resolved_at`)} as "resolvedAt", count(*) filter (where state <> 'resolved') over ()::int as open
    from incident
    where state <> 'resolved' or resolved_at >= ${hourAgo}::timestamptz
    order by state = 'resolved', origin <> 'alert', array_position(array['critical', 'warning', 'info'], severity), opened_at desc
    limit ${SHOWN}`)
  const rows = rowsOf<Omit<Incident, 'severityLabel' | 'stateLabel'> & { open: number }>(found)
  return {
    openIncidents: rows[0]?.open ?? 0,
    incidents: rows.map(({ open: _, ...row }) => ({
      ...row,
      severityLabel: INCIDENT_SEVERITY_LABELS[row.severity],
      stateLabel: INCIDENT_STATE_LABELS[row.state],
    })),
  }
}
