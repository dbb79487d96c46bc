import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import type { Database, Tx } from './database.ts'
import { MIGRATIONS } from './migrations.ts'
import * as schema from './schema/index.ts'
import { openServerPool } from './server-pool.ts'
import { assume, monthKeeper } from './transactions.ts'
import { openVerificationPath } from './verification-path.ts'

/** Any number: every process that migrates takes the same advisory lock. */
const MIGRATION_LOCK = 4_170_163

const POOL_SIZE = 10
/** Milliseconds for the server to take a connection. */
const CONNECT_MS = 30_000

/** PostgreSQL server (>= 15). In: its URL and the pool's size. Migrates under an advisory lock, then opens the pool. */
export async function openPostgresql(options: {
  url: string
  poolSize?: number
  /** Connections of the verification path. */
  verificationPoolSize?: number
  migrate?: boolean
}): Promise<Database> {
  if (options.migrate !== false) await migrateServer(options.url)
  const pool = openServerPool({
    url: options.url,
    name: 'api',
    size: options.poolSize ?? POOL_SIZE,
    connectMs: CONNECT_MS,
    // Compiling a plan takes longer than any statement here runs; row-level security makes every plan look dear.
    session: { jit: 'off' },
  })
  const path = openVerificationPath(options.url, options.verificationPoolSize)
  const ormOf = onePerConnection()
  const asOwner = <T>(work: (tx: Tx) => Promise<T>) =>
    pool.use((client) => ormOf(client).transaction((tx) => work(tx)))
  return {
    engine: 'postgresql',
    asOwner,
    transact: (identity, work) =>
      asOwner(async (tx) => {
        await assume(tx, identity)
        return work(tx)
      }),
    ensureMonths: monthKeeper(asOwner),
    verification: path,
    query: (text, values) =>
      pool.use(async (client) => {
        if (values && values.length > 0) return { rows: (await client.query(text, [...values])).rows }
        const results = await client.query(text).catch(async (error: unknown) => {
          // A text may open a transaction of its own, which must not outlive its failure.
          await client.query('rollback')
          throw error
        })
        return { rows: [results].flat().flatMap(({ rows }) => rows as Record<string, unknown>[]) }
      }),
    pools: () => [pool.figures(), path.figures()],
    dump: () => Promise.resolve(null),
    close: async () => {
      await Promise.all([pool.close(), path.close()])
    },
  }
}

async function migrateServer(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await migrate(drizzle(client, { schema }), { migrationsFolder: MIGRATIONS })
  } finally {
    // The lock goes with the connection.
    await client.end()
  }
}

/** Reading the schema's relations costs more than most transactions: once per connection. */
function onePerConnection() {
  const known = new WeakMap<pg.ClientBase, NodePgDatabase<typeof schema>>()
  return (client: pg.PoolClient): NodePgDatabase<typeof schema> => {
    const orm = known.get(client) ?? drizzle(client, { schema })
    known.set(client, orm)
    return orm
  }
}
