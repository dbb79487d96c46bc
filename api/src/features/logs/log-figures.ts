import { rowsOf, type Tx } from '@vigie/db'
import { sql, type SQL } from 'drizzle-orm'
import type { LogWeek } from './schema.ts'

/** Days over which reception is judged. */
export const WINDOW_DAYS = 7
const HOUR_MS = 3_600_000

interface Sums extends Omit<LogWeek, 'expectedHours'> {
  readonly sourceId: string
}

/** In: sources to look at, as a condition on `s`. Out: what each sent over the last seven days. */
export async function weekSums(tx: Tx, which: SQL, now: Date): Promise<ReadonlyMap<string, Sums>> {
  const since = new Date(now.getTime() - WINDOW_DAYS * 24 * HOUR_MS).toISOString()
  const found = await tx.execute(sql`
    select h.source_id::text as "sourceId", sum(h.received)::float8 as received, sum(h.structured)::float8 as structured,
      sum(h.login_accepted)::float8 as accepted, sum(h.login_refused)::float8 as refused,
      sum(h.mail_sent)::float8 as "mailSent", sum(h.mail_authored)::float8 as "mailAuthored",
      greatest(sum(h.missing), 0)::float8 as missing, sum(h.repeated)::float8 as repeated,
      count(*) filter (where h.received > 0)::int as "heardHours"
    from log_hour h join log_source s on s.id = h.source_id
    where h.hour >= ${since}::timestamptz and h.hour <= ${now.toISOString()}::timestamptz and ${which}
    group by h.source_id`)
  return new Map(rowsOf<Sums>(found).map((row) => [row.sourceId, row]))
}

/** In: the sums of a source (none: it sent nothing), since when it is expected. Out: its week. */
export function weekOf(sums: Sums | undefined, createdAt: Date, now: Date): LogWeek {
  const age = Math.floor((now.getTime() - createdAt.getTime()) / HOUR_MS)
  const expectedHours = Math.min(WINDOW_DAYS * 24, Math.max(1, age))
  return {
    received: sums?.received ?? 0,
    structured: sums?.structured ?? 0,
    accepted: sums?.accepted ?? 0,
    refused: sums?.refused ?? 0,
    mailSent: sums?.mailSent ?? 0,
    mailAuthored: sums?.mailAuthored ?? 0,
    missing: sums?.missing ?? 0,
    repeated: sums?.repeated ?? 0,
    heardHours: Math.min(sums?.heardHours ?? 0, expectedHours),
    expectedHours,
  }
}
