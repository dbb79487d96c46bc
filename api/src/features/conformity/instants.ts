import { sql, type SQL } from 'drizzle-orm'

/** In: an instant column. Out: the expression that reads it as ISO 8601 in UTC on both engines. */
export const isoOf = (column: SQL): SQL =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** In: an instant or nothing. Out: ISO 8601 in UTC, or null. */
export const iso = (at: Date | null | undefined): string | null => at?.toISOString() ?? null
