import {
  INCIDENT_ORIGINS,
  INCIDENT_ORIGIN_LABELS,
  INCIDENT_SEVERITIES,
  INCIDENT_SEVERITY_LABELS,
  INCIDENT_STATES,
  INCIDENT_STATE_LABELS,
} from '@vigie/rules'
import { schema } from '@vigie/db'
import { and, asc, count, desc, eq, sql } from 'drizzle-orm'
import { authorise } from '../../../access/authorise.ts'
import type { Context } from '../../../context.ts'
import { nameAuthors } from '../../bordereaux/people.ts'
import type { IncidentList, IncidentsQuery } from '../schema.ts'
import { baseOf, facetHolds, facetsOf } from './filters.ts'
import { PLACED_COLUMNS, presentIncident } from './present-incident.ts'

const { incident, etablissement } = schema
const GRAVITY = sql`array_position(array['critical', 'warning', 'info'], ${incident.severity})`
const OVER = sql`${incident.state} = 'resolved'`

/** What must be done first: unresolved ones, the gravest, then the oldest; resolved ones follow, the newest first. */
const ORDER = [
  asc(OVER),
  sql`case when ${OVER} then null else ${GRAVITY} end`,
  sql`case when ${OVER} then null else ${incident.openedAt} end`,
  desc(incident.resolvedAt),
  asc(incident.number),
]

interface Count {
  readonly state: string
  readonly severity: string
  readonly origin: string
  readonly count: number
}

const sumOf = (rows: readonly Count[]): number => rows.reduce((sum, row) => sum + row.count, 0)

function facet<C extends string>(
  counts: readonly Count[],
  query: IncidentsQuery,
  name: 'state' | 'severity' | 'origin',
  codes: readonly C[],
  labels: Readonly<Record<C, string>>,
) {
  const held = counts.filter((row) => facetHolds(query, row, name))
  return codes.map((code) => ({
    code,
    label: labels[code],
    count: sumOf(held.filter((row) => row[name] === code)),
  }))
}

/** One page of the queue of the caller's perimeters. Errors: `unauthenticated`, `forbidden`. */
export async function listIncidents(ctx: Context, query: IncidentsQuery): Promise<IncidentList> {
  const identity = authorise(ctx.actor, 'incident:read')
  const base = baseOf(query, ctx.actor)
  const { counts, rows } = await ctx.db.transact(identity, async (tx) => ({
    counts: await tx
      .select({
        state: incident.state,
        severity: incident.severity,
        origin: incident.origin,
        count: count(),
      })
      .from(incident)
      .leftJoin(etablissement, eq(etablissement.uai, incident.uai))
      .where(base)
      .groupBy(incident.state, incident.severity, incident.origin),
    rows: await tx
      .select(PLACED_COLUMNS)
      .from(incident)
      .leftJoin(etablissement, eq(etablissement.uai, incident.uai))
      .where(and(base, facetsOf(query)))
      .orderBy(...ORDER)
      .limit(query.pageSize)
      .offset((query.page - 1) * query.pageSize),
  }))
  const nameOf = await nameAuthors(
    ctx,
    rows.flatMap((row) => row.incident.assigneeId ?? []),
  )
  const now = ctx.clock.now()
  return {
    total: sumOf(counts.filter((row) => facetHolds(query, row, null))),
    page: query.page,
    pageSize: query.pageSize,
    states: facet(counts, query, 'state', INCIDENT_STATES, INCIDENT_STATE_LABELS),
    severities: facet(counts, query, 'severity', INCIDENT_SEVERITIES, INCIDENT_SEVERITY_LABELS),
    origins: facet(counts, query, 'origin', INCIDENT_ORIGINS, INCIDENT_ORIGIN_LABELS),
    rows: rows.map((row) => presentIncident(row, nameOf, now)),
  }
}
