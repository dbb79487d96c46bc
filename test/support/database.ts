import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { openPglite, openPostgresql, type Database } from '@vigie/db'
import { inject } from 'vitest'
import { dropDatabase, onServer } from './on-server.ts'

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
  await onServer(migrated.url, `create database ${name} template ${migrated.template}`)
  const url = new URL(migrated.url)
  url.pathname = `/${name}`
  const database = await openPostgresql({ url: url.href, poolSize: 8, migrate: false })
  return {
    ...database,
    close: async () => {
      await database.close()
      await dropDatabase(migrated.url, name)
    },
  }
}
