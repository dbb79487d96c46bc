import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import type { Database, Tx } from './database.ts'
import { MIGRATIONS } from './migrations.ts'
import * as schema from './schema/index.ts'
import { assume, monthKeeper } from './transactions.ts'

/** Any number: every process that migrates takes the same advisory lock. */
const MIGRATION_LOCK = 4_170_163

/** PostgreSQL server (>= 15). In: its URL and the pool's size. Migrates under an advisory lock, then opens the pool. */
export async function openPostgresql(options: {
  url: string
  poolSize?: number
  migrate?: boolean
}): Promise<Database> {
  if (options.migrate !== false) {
    const single = postgres(options.url, { max: 1, onnotice: () => {} })
    try {
      await single`select pg_advisory_lock(${MIGRATION_LOCK})`
      await migrate(drizzle(single, { schema }), { migrationsFolder: MIGRATIONS })
      await single`select pg_advisory_unlock(${MIGRATION_LOCK})`
    } finally {
      await single.end()
    }
  }
  const client = postgres(options.url, { max: options.poolSize ?? 10, onnotice: () => {} })
  const orm = drizzle(client, { schema })
  const asOwner = <T>(work: (tx: Tx) => Promise<T>) => orm.transaction((tx) => work(tx))
  return {
    engine: 'postgresql',
    asOwner,
    transact: (identity, work) =>
      orm.transaction(async (tx) => {
        await assume(tx, identity)
        return work(tx)
      }),
    ensureMonths: monthKeeper(asOwner),
    query: async (text, values) => {
      const result = await client.unsafe(text, [...(values ?? [])] as postgres.ParameterOrJSON<never>[])
      return { rows: [...result] as Record<string, unknown>[] }
    },
    dump: () => Promise.resolve(null),
    close: () => client.end({ timeout: 5 }),
  }
}
