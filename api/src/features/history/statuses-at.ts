import { rowsOf, type Tx } from '@vigie/db'
import type { Status, Verdict } from '@vigie/db/schema'
import type { Basis } from '@vigie/rules'
import { sql, type SQL } from 'drizzle-orm'
import { isoOf } from '../conformity/instants.ts'

export interface PastStatus {
  readonly requirement: string
  readonly status: Status
  readonly verdict: Verdict
  readonly counted: Verdict | null
  readonly basis: Basis | null
  readonly reason: string
  readonly at: string
}

/** In: a civil day and a zone. Out: the instant at which that day ends there. */
export const endOfDay = (day: string, timeZone: string): SQL =>
  sql`((${day}::date + 1)::timestamp at time zone ${timeZone})`

/** Status of each requirement when that day ended; those that had never moved are not there: unknown. */
export async function statusesAt(
  tx: Tx,
  uai: string,
  day: string,
  timeZone: string,
): Promise<ReadonlyMap<string, PastStatus>> {
  const rows = rowsOf<PastStatus>(
    await tx.execute(sql`
      select distinct on (c.requirement) c.requirement, c.to_status as status, c.verdict, c.counted, c.basis,
        c.reason, ${isoOf(sql`c.at`)} as at
      from status_change c
      where c.uai = ${uai} and c.at < ${endOfDay(day, timeZone)}
      order by c.requirement, c.at desc, c.id desc`),
  )
  return new Map(rows.map((row) => [row.requirement, row]))
}

/** Requirements that a derogation covered when that day ended. */
export async function derogatedAt(
  tx: Tx,
  uai: string,
  day: string,
  timeZone: string,
): Promise<ReadonlySet<string>> {
  const end = endOfDay(day, timeZone)
  const rows = rowsOf<{ requirement: string }>(
    await tx.execute(sql`
      select distinct g.requirement from derogation g
      where g.uai = ${uai} and g.approved_at < ${end} and g.expires_at >= ${end}
        and (g.withdrawn_at is null or g.withdrawn_at >= ${end})`),
  )
  return new Set(rows.map(({ requirement }) => requirement))
}

/** Day of the first evaluation; null while there was none. */
export async function firstDayOf(tx: Tx, uai: string): Promise<string | null> {
  const [row] = rowsOf<{ day: string | null }>(
    await tx.execute(
      sql`select to_char(min(h.day), 'YYYY-MM-DD') as day from score_history h where h.uai = ${uai}`,
    ),
  )
  return row?.day ?? null
}
