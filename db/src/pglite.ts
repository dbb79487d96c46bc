import { mkdirSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import { lockDirectory } from './directory-lock.ts'
import { countedPool } from './counted-pool.ts'
import type { Database, Tx } from './database.ts'
import { MIGRATIONS } from './migrations.ts'
import * as schema from './schema/index.ts'
import { assume, monthKeeper, transactionBody } from './transactions.ts'

/**
 * Embedded PostgreSQL. In: a directory (made when absent, locked against a second process), or nothing for
 * memory; `snapshot` starts from a dumped database. Errors: `DirectoryLockedError`.
 */
export async function openPglite(options: { directory?: string; snapshot?: Blob } = {}): Promise<Database> {
  const unlock = options.directory ? lockDirectory(options.directory) : () => {}
  if (options.directory) mkdirSync(options.directory, { recursive: true })
  const client = await PGlite.create({
    ...(options.directory ? { dataDir: `${options.directory}/pg` } : {}),
    ...(options.snapshot ? { loadDataDir: options.snapshot } : {}),
  }).catch((error: unknown) => {
    unlock()
    throw error
  })
  const orm = drizzle(client, { schema })
  if (!options.snapshot) await migrate(orm, { migrationsFolder: MIGRATIONS })
  const api = countedPool('api', 1)
  const verification = countedPool('verification', 1)
  const asOwner = <T>(work: (tx: Tx) => Promise<T>) => api.run(() => orm.transaction((tx) => work(tx)))
  return {
    engine: 'pglite',
    asOwner,
    transact: (identity, work) =>
      api.run(() =>
        orm.transaction(async (tx) => {
          await assume(tx, identity)
          return work(tx)
        }),
      ),
    ensureMonths: monthKeeper(asOwner),
    verification: {
      run: <T extends object>(statement: string, values: readonly unknown[]) =>
        verification.run(() =>
          client.transaction(async (tx) => {
            await tx.query("select set_config('role', 'vigie_otp', true)")
            return (await tx.query<T>(statement, [...values])).rows
          }),
        ),
    },
    query: async (text, values) => {
      if (values && values.length > 0) {
        return api.run(() => client.query<Record<string, unknown>>(text, [...values]))
      }
      const body = transactionBody(text)
      const results = await api.run(() =>
        body ? client.transaction((tx) => tx.exec(body)) : client.exec(text),
      )
      return { rows: results.flatMap((result) => result.rows as Record<string, unknown>[]) }
    },
    pools: () => [api.figures(), verification.figures()],
    dump: () => client.dumpDataDir('none'),
    close: async () => {
      await client.close()
      unlock()
    },
  }
}
