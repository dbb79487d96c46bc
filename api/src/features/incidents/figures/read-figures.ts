import {
  INCIDENT_ORIGINS,
  INCIDENT_ORIGIN_LABELS,
  INCIDENT_SEVERITIES,
  INCIDENT_SEVERITY_LABELS,
  dueAtOf,
  type IncidentOrigin,
  type IncidentSeverity,
} from '@vigie/rules'
import { rowsOf, schema, type Tx } from '@vigie/db'
import { asc, ne, sql } from 'drizzle-orm'
import { authorise } from '../../../access/authorise.ts'
import type { Context } from '../../../context.ts'
import type { IncidentFigures } from '../schema.ts'

const DAYS = 30
const DAY_MS = 86_400_000

interface Timed {
  /** Null: whatever the severity and the origin. */
  readonly severity: IncidentSeverity | null
  readonly origin: IncidentOrigin | null
  readonly of: number
  readonly acknowledged: number
  readonly acknowledgeMean: number | null
  readonly acknowledgeMedian: number | null
  readonly resolved: number
  readonly resolveMean: number | null
  readonly resolveMedian: number | null
}

/** Incidents opened since then: how many were answered and ended, and in what time. */
const timedSince = async (tx: Tx, since: Date): Promise<Timed[]> =>
  rowsOf<Timed>(
    await tx.execute(sql`
      with opened as (
        select severity, origin,
          extract(epoch from acknowledged_at - opened_at)::float8 as acknowledge,
          extract(epoch from resolved_at - opened_at)::float8 as resolve
        from incident where opened_at >= ${since.toISOString()}::timestamptz
      )
      select severity, origin, count(*)::int as of,
        count(acknowledge)::int as acknowledged, avg(acknowledge)::float8 as "acknowledgeMean",
        percentile_cont(0.5) within group (order by acknowledge) as "acknowledgeMedian",
        count(resolve)::int as resolved, avg(resolve)::float8 as "resolveMean",
        percentile_cont(0.5) within group (order by resolve) as "resolveMedian"
      from opened group by grouping sets ((), (severity, origin))`),
  )

const openNow = (tx: Tx) => {
  const { incident } = schema
  return tx
    .select({
      id: incident.id,
      number: incident.number,
      title: incident.title,
      severity: incident.severity,
      origin: incident.origin,
      openedAt: incident.openedAt,
    })
    .from(incident)
    .where(ne(incident.state, 'resolved'))
    .orderBy(asc(incident.openedAt), asc(incident.number))
}

const rounded = (value: number | null | undefined) => (value == null ? null : Math.round(value))

const timingsOf = (row: Timed | undefined): Pick<IncidentFigures, 'acknowledge' | 'resolve'> => ({
  acknowledge: {
    count: row?.acknowledged ?? 0,
    of: row?.of ?? 0,
    meanSeconds: rounded(row?.acknowledgeMean),
    medianSeconds: rounded(row?.acknowledgeMedian),
  },
  resolve: {
    count: row?.resolved ?? 0,
    of: row?.of ?? 0,
    meanSeconds: rounded(row?.resolveMean),
    medianSeconds: rounded(row?.resolveMedian),
  },
})

/**
 * What is open, and the times of the incidents opened over the last 30 days, on the caller's perimeters. Times are null
 * without data. Errors: `unauthenticated`, `forbidden`.
 */
export async function readIncidentFigures(ctx: Context): Promise<IncidentFigures> {
  const identity = authorise(ctx.actor, 'incident:read')
  const now = ctx.clock.now()
  const since = new Date(now.getTime() - DAYS * DAY_MS)
  const { timed, open } = await ctx.db.transact(identity, async (tx) => ({
    timed: await timedSince(tx, since),
    open: await openNow(tx),
  }))
  const [oldest] = open
  return {
    days: DAYS,
    since: since.toISOString(),
    open: {
      total: open.length,
      late: open.filter((row) => dueAtOf(row.severity, row.openedAt.getTime()) < now.getTime()).length,
      bySeverity: INCIDENT_SEVERITIES.map((code) => ({
        code,
        label: INCIDENT_SEVERITY_LABELS[code],
        count: open.filter(({ severity }) => severity === code).length,
      })),
      byOrigin: INCIDENT_ORIGINS.map((code) => ({
        code,
        label: INCIDENT_ORIGIN_LABELS[code],
        count: open.filter(({ origin }) => origin === code).length,
      })),
    },
    oldestOpen: oldest
      ? {
          id: oldest.id,
          number: oldest.number,
          title: oldest.title,
          openedAt: oldest.openedAt.toISOString(),
          ageSeconds: Math.max(0, Math.round((now.getTime() - oldest.openedAt.getTime()) / 1_000)),
        }
      : null,
    ...timingsOf(timed.find(({ severity }) => severity === null)),
    groups: INCIDENT_SEVERITIES.flatMap((severity) =>
      INCIDENT_ORIGINS.flatMap((origin) => {
        const row = timed.find((one) => one.severity === severity && one.origin === origin)
        if (!row) return []
        const severityLabel = INCIDENT_SEVERITY_LABELS[severity]
        const originLabel = INCIDENT_ORIGIN_LABELS[origin]
        return [{ severity, severityLabel, origin, originLabel, ...timingsOf(row) }]
      }),
    ),
  }
}
