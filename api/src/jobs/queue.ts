import type { Database } from '@vigie/db'
import { PgBoss, type ConstructorOptions } from 'pg-boss'
import type { Logger } from 'pino'

/** Schema of the queue; created and migrated by the library itself. */
export const QUEUE_SCHEMA = 'pgboss'

/**
 * The queue on either engine, through the connection that the process already has. In: the database, the log that its
 * errors go to, and intervals that tests shorten. The caller starts and stops it.
 */
export function openQueue(
  db: Database,
  log: Logger,
  options: Pick<ConstructorOptions, 'cronMonitorIntervalSeconds' | 'cronWorkerIntervalSeconds'> = {},
): PgBoss {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => db.query(text, values) },
    backend: db.engine === 'pglite' ? 'pglite' : 'postgres',
    schema: QUEUE_SCHEMA,
    reindex: false,
    ...options,
  })
  boss.on('error', (error) => log.error({ err: error }, 'job queue failure'))
  return boss
}
