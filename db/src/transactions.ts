import { sql } from 'drizzle-orm'
import { scopeSettings, type Identity } from './identity.ts'
import type { PartitionedTable, Tx } from './database.ts'

/** Puts the transaction under the identity's role, with the settings that row-level security reads. */
export async function assume(tx: Tx, identity: Identity): Promise<void> {
  if (identity.role === 'vigie_app') {
    const settings = scopeSettings(identity.perimeters, identity.accountId)
    const calls = settings.map((s) => sql`set_config(${s.name}, ${s.value}, true)`)
    await tx.execute(sql`select ${sql.join(calls, sql`, `)}, set_config('role', 'vigie_app', true)`)
    return
  }
  await tx.execute(sql`select set_config('role', ${identity.role}, true)`)
}

/** Remembers the months already ensured by this process, after their creation has committed. */
export function monthKeeper(run: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>) {
  const ensured = new Set<string>()
  return async (table: PartitionedTable, moments: Iterable<Date>): Promise<void> => {
    const missing = new Map<string, Date>()
    for (const moment of moments) {
      const month = `${table} ${moment.getUTCFullYear()}-${moment.getUTCMonth()}`
      if (!ensured.has(month)) missing.set(month, moment)
    }
    if (missing.size === 0) return
    await run(async (tx) => {
      for (const moment of missing.values()) {
        await tx.execute(sql`select vigie_ensure_month(${table}, ${moment.toISOString()}::timestamptz)`)
      }
    })
    for (const month of missing.keys()) ensured.add(month)
  }
}

/**
 * In: a raw text. Out: what stands between its BEGIN and its COMMIT, or null when it is no such block. The driver opens
 * the transaction itself: a failure inside must not leave a pooled connection in an aborted transaction.
 */
export const transactionBody = (text: string): string | null =>
  /^\s*BEGIN;([\s\S]*)COMMIT;\s*$/i.exec(text)?.[1] ?? null
