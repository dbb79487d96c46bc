import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { countedPool } from './counted-pool.ts'
import type { Database, Tx } from './database.ts'
import { MIGRATIONS } from './migrations.ts'
import * as schema from './schema/index.ts'
import { assume, monthKeeper, transactionBody } from './transactions.ts'
import { openVerificationPath } from './verification-path.ts'

/** Any number: every process that migrates takes the same advisory lock. */
const MIGRATION_LOCK = 4_170_163

const POOL_SIZE = 10

/** The typed layer owns this driver's serialisers and leaves instants and objects as they come. */
const parameterOf = (value: unknown): unknown => {
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? JSON.stringify(value) : value
}

/** PostgreSQL server (>= 15). In: its URL and the pool's size. Migrates under an advisory lock, then opens the pool. */
export async function openPostgresql(options: {
  url: string
  poolSize?: number
  /** Connections of the verification path. */
  verificationPoolSize?: number
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
  // Compiling a plan takes longer than any statement here runs; row-level security makes every plan look dear.
  const pool = countedPool('api', options.poolSize ?? POOL_SIZE)
  const client = postgres(options.url, {
    max: options.poolSize ?? POOL_SIZE,
    connection: { jit: false },
    onnotice: () => {},
  })
  const orm = drizzle(client, { schema })
  const path = openVerificationPath(options.url, options.verificationPoolSize)
  const asOwner = <T>(work: (tx: Tx) => Promise<T>) => pool.run(() => orm.transaction((tx) => work(tx)))
  return {
    engine: 'postgresql',
    asOwner,
    transact: (identity, work) =>
      pool.run(() =>
        orm.transaction(async (tx) => {
          await assume(tx, identity)
          return work(tx)
        }),
      ),
    ensureMonths: monthKeeper(asOwner),
    verification: path,
    query: async (text, values) => {
      const parameters = (values ?? []).map(parameterOf) as postgres.ParameterOrJSON<never>[]
      const body = parameters.length === 0 ? transactionBody(text) : null
      const result: unknown[] = await pool.run(async () =>
        body ? await client.begin((tx) => tx.unsafe(body).simple()) : await client.unsafe(text, parameters),
      )
      const rows = result.flatMap((item) => (Array.isArray(item) ? (item as unknown[]) : [item]))
      return { rows: rows as Record<string, unknown>[] }
    },
    pools: () => [pool.figures(), path.figures()],
    dump: () => Promise.resolve(null),
    close: async () => {
      await Promise.all([client.end({ timeout: 5 }), path.close()])
    },
  }
}
