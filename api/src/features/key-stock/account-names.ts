import { schema } from '@vigie/db'
import { inArray } from 'drizzle-orm'
import type { Deps } from '../../context.ts'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** In: ids of who acted. Out: the names of those that are accounts. Opens its own transaction. */
export async function accountNames(
  deps: Deps,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null && UUID.test(id)))] as string[]
  if (wanted.length === 0) return new Map()
  const { account } = schema
  const rows = await deps.db.transact({ role: 'vigie_auth' }, (tx) =>
    tx.select({ id: account.id, name: account.displayName }).from(account).where(inArray(account.id, wanted)),
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}
