import { schema, type Tx } from '@vigie/db'
import { and, asc, sql, type SQL } from 'drizzle-orm'
import type { HashedEntry } from './canonical.ts'

const { journalEntry } = schema

/** PostgreSQL array literal: one parameter for any number of ids. */
export const idArray = (ids: readonly bigint[]): SQL => sql`${`{${ids.join(',')}}`}::bigint[]`

/** Entries of these ids between two instants, by id; more than one row for an id when one was inserted twice. */
export function readEntries(tx: Tx, ids: readonly bigint[], from: Date, to: Date): Promise<HashedEntry[]> {
  return tx
    .select({
      id: sql<string>`${journalEntry.id}::text`,
      at: sql<string>`to_char(${journalEntry.at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
      actorKind: sql<string>`${journalEntry.actorKind}`,
      actorId: journalEntry.actorId,
      action: journalEntry.action,
      subjectKind: journalEntry.subjectKind,
      subjectId: journalEntry.subjectId,
      uai: journalEntry.uai,
      details: journalEntry.details,
      requestId: journalEntry.requestId,
    })
    .from(journalEntry)
    .where(
      and(
        sql`${journalEntry.at} >= ${from.toISOString()}::timestamptz`,
        sql`${journalEntry.at} < ${to.toISOString()}::timestamptz + interval '1 millisecond'`,
        sql`${journalEntry.id} = any(${idArray(ids)})`,
      ),
    )
    .orderBy(asc(journalEntry.id))
}
