import { sql, type SQL } from 'drizzle-orm'

/**
 * Any number of rows as one parameter of a bulk statement: `from ${recordset(rows, 'r(uai text, value jsonb)')}`.
 * In: plain objects whose properties are the columns, instants as ISO 8601 strings; `columns` is code, never input.
 */
export const recordset = (rows: readonly object[], columns: string): SQL =>
  sql`json_to_recordset(${JSON.stringify(rows)}::text::json) as ${sql.raw(columns)}`
