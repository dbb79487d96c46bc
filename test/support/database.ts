import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { openPglite, openPostgresql, type Database } from '@vigie/db'
import postgres from 'postgres'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Dump of a migrated embedded database, or the name of a migrated template on the server. */
    migrated: { engine: 'pglite'; snapshot: string } | { engine: 'postgresql'; url: string; template: string }
  }
}

/**
 * A migrated, empty database of the suite's own, on the engine under test. Call `close()` when done:
 * on a server it also drops the database.
 */
export async function aDatabase(): Promise<Database> {
  const migrated = inject('migrated')
  if (migrated.engine === 'pglite') {
    return openPglite({ snapshot: new Blob([await readFile(migrated.snapshot)]) })
  }
  const name = `vigie_suite_${randomUUID().replaceAll('-', '')}`
  const admin = postgres(migrated.url, { max: 1, onnotice: () => {} })
  await admin.unsafe(`create database ${name} template ${migrated.template}`)
  await admin.end()
  const url = new URL(migrated.url)
  url.pathname = `/${name}`
  const database = await openPostgresql({ url: url.href, poolSize: 8, migrate: false })
  return {
    ...database,
    close: async () => {
      await database.close()
      const cleaner = postgres(migrated.url, { max: 1, onnotice: () => {} })
      await cleaner.unsafe(`drop database if exists ${name} with (force)`)
      await cleaner.end()
    },
  }
}
