import { openPglite, openPostgresql, type Database } from '@vigie/db'
import { dropDatabase, onServer } from '../support/on-server.ts'

/** An empty database of the bench's own on that server, not migrated. */
export async function createBenchDatabase(
  url: string,
): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const name = `vigie_bench_${process.pid}`
  const drop = () => dropDatabase(url, name)
  await drop()
  await onServer(url, `create database ${name}`)
  const target = new URL(url)
  target.pathname = `/${name}`
  return { url: target.href, drop }
}

/** An empty migrated database of the bench's own; on a server it is dropped when closed. */
export async function openBenchDatabase(url: string | undefined): Promise<Database> {
  if (!url) return openPglite()
  const own = await createBenchDatabase(url)
  const database = await openPostgresql({ url: own.url })
  return {
    ...database,
    close: async () => {
      await database.close()
      await own.drop()
    },
  }
}
