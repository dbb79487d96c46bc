import { openPglite, openPostgresql, type Database } from '@vigie/db'
import postgres from 'postgres'

/** An empty migrated database of the bench's own; on a server it is dropped when closed. */
export async function openBenchDatabase(url: string | undefined): Promise<Database> {
  if (!url) return openPglite()
  const name = `vigie_bench_${process.pid}`
  const onServer = async (statement: string) => {
    const admin = postgres(url, { max: 1, onnotice: () => {} })
    await admin.unsafe(statement)
    await admin.end()
  }
  await onServer(`drop database if exists ${name} with (force)`)
  await onServer(`create database ${name}`)
  const target = new URL(url)
  target.pathname = `/${name}`
  const database = await openPostgresql({ url: target.href })
  return {
    ...database,
    close: async () => {
      await database.close()
      await onServer(`drop database if exists ${name} with (force)`)
    },
  }
}
