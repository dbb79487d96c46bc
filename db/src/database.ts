import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type { PoolFigures } from './counted-pool.ts'
import type { Identity } from './identity.ts'
import type * as schema from './schema/index.ts'

/** Drizzle handle of either engine, as a transaction or outside one. */
export type Tx = PgDatabase<PgQueryResultHKT, typeof schema>

export type PartitionedTable = 'evidence' | 'journal_entry'

export interface VerificationPath {
  run<T extends object>(statement: string, values: readonly unknown[]): Promise<T[]>
}

export interface Database {
  readonly engine: 'pglite' | 'postgresql'
  /** Runs `work` in one transaction under the identity's role and settings; rolls back when it throws. */
  transact<T>(identity: Identity, work: (tx: Tx) => Promise<T>): Promise<T>
  /** Runs `work` in one transaction as the owner of the schema: migrations, sealing, verification only. */
  asOwner<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Creates the monthly partitions that hold these instants; call before the transaction that writes. */
  ensureMonths(table: PartitionedTable, moments: Iterable<Date>): Promise<void>
  /**
   * One statement of the verification path, committed by itself under `vigie_otp`: on a server it has its own pool and
   * no transaction around it. Rows come as the driver gives them, a count as a string.
   */
  readonly verification: VerificationPath
  /** Raw statement for the job queue: several statements are allowed when there are no values. */
  query(text: string, values?: readonly unknown[]): Promise<{ rows: Record<string, unknown>[] }>
  /** What is asked of each pool of connections now. */
  pools(): readonly PoolFigures[]
  /** In-memory copy of an embedded database, for tests; null on a server. */
  dump(): Promise<Blob | null>
  close(): Promise<void>
}

/** What `tx.execute()` returned, whose type the engines do not share. */
export const rowsOf = <T extends object>(result: unknown): T[] => (result as { rows: T[] }).rows
