import type { Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'

/** Alerts of one académie are followed one payload at a time, before any incident is locked: two never wait for each other. */
export const lockAlerts = (tx: Tx, academie: string): Promise<unknown> =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtext('incident alerts'), hashtext(${academie}))`)
