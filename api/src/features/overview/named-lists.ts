import { requirementById } from '@vigie/rules'
import { rowsOf, type Tx } from '@vigie/db'
import { sql, type SQL } from 'drizzle-orm'
import { isoOf } from '../conformity/instants.ts'
import { silentSince } from '../etablissements/filters.ts'
import type { Overview } from './schema.ts'

const SHOWN = 20

type Counted<R> = R & { readonly total: number }

function listed<R extends object>(rows: readonly Counted<R>[]): { total: number; rows: R[] } {
  return { total: rows[0]?.total ?? 0, rows: rows.map(({ total: _, ...row }) => row as unknown as R) }
}

const statementOf = (requirement: string): string => requirementById(requirement)?.statement ?? requirement

type Silent = Overview['silentCollectors']['rows'][number]
type Contradiction = Overview['contradictions']['rows'][number]
type Change = Overview['changes']['rows'][number]

/** Collectors without a success for a week, or whose last run failed; the longest silent first. */
export async function silentCollectors(tx: Tx, condition: SQL, now: Date) {
  const rows = rowsOf<Counted<Silent>>(
    await tx.execute(sql`
      select e.uai, e.name, a.collector, ${isoOf(sql`a.last_success_at`)} as "lastSuccessAt",
        ${isoOf(sql`a.last_failure_at`)} as "lastFailureAt", a.last_error as "lastError",
        count(*) over ()::int as total
      from collector_activity a join etablissement e on e.uai = a.uai
      where ${condition} and ${silentSince(now)}
      order by a.last_success_at nulls first, e.uai, a.collector limit ${SHOWN}`),
  )
  return listed(rows)
}

/** Contradictions that await an arbitration, the oldest first. */
export async function contradictions(tx: Tx, condition: SQL) {
  const rows = rowsOf<Counted<Omit<Contradiction, 'statement'>>>(
    await tx.execute(sql`
      select e.uai, e.name, s.requirement, ${isoOf(sql`s.since`)} as since, count(*) over ()::int as total
      from requirement_status s join etablissement e on e.uai = s.uai
      where s.status = 'contradiction' and ${condition}
      order by s.since, e.uai, s.requirement limit ${SHOWN}`),
  )
  const { total, rows: found } = listed(rows)
  return { total, rows: found.map((row) => ({ ...row, statement: statementOf(row.requirement) })) }
}

const GRAVITY = sql`array_position(
  array['non_compliant', 'contradiction', 'partial', 'unknown', 'not_applicable', 'compliant'], c.to_status
)`

/** Changes of status since an instant, the worst first, then the newest. Texts are read for the rows shown only. */
export async function changesSince(tx: Tx, condition: SQL, since: string): Promise<Overview['changes']> {
  const shown = rowsOf<{ id: string; total: number }>(
    await tx.execute(sql`
      with found as materialized (
        select c.id, c.at, ${GRAVITY} as gravity
        from status_change c join etablissement e on e.uai = c.uai
        where c.at > ${since}::timestamptz and ${condition}
      )
      select id::text as id, (select count(*)::int from found) as total
      from found order by gravity, at desc, id desc limit ${SHOWN}`),
  )
  if (shown.length === 0) return { since, total: 0, rows: [] }
  const ids = shown.map(({ id }) => sql`${id}::bigint`)
  const rows = rowsOf<Omit<Change, 'statement'>>(
    await tx.execute(sql`
      select e.uai, e.name, c.requirement, c.from_status as "from", c.to_status as "to",
        ${isoOf(sql`c.at`)} as at, c.reason
      from status_change c join etablissement e on e.uai = c.uai
      where c.id in (${sql.join(ids, sql`, `)}) order by ${GRAVITY}, c.at desc, c.id desc`),
  )
  return {
    since,
    total: shown[0]?.total ?? 0,
    rows: rows.map((row) => ({ ...row, statement: statementOf(row.requirement) })),
  }
}
