import { bigserial, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** Partitioned by month of `observed_at`. */
export const evidence = pgTable(
  'evidence',
  {
    id: bigserial('id', { mode: 'number' }).notNull(),
    uai: text('uai').notNull(),
    key: text('key').notNull(),
    value: jsonb('value').$type<number | boolean | string>().notNull(),
    observedAt: instant('observed_at').notNull(),
    receivedAt: instant('received_at').notNull(),
    /** Where it was true: an exporter, an agent, a system's name. */
    source: text('source').notNull(),
    collector: text('collector').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.observedAt, t.id] }),
    index('evidence_timeline_idx').on(t.uai, t.key, t.observedAt),
  ],
)

/** Newest observation of each key: what evaluation reads. */
export const evidenceCurrent = pgTable(
  'evidence_current',
  {
    uai: text('uai').notNull(),
    key: text('key').notNull(),
    value: jsonb('value').$type<number | boolean | string>().notNull(),
    observedAt: instant('observed_at').notNull(),
    receivedAt: instant('received_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    source: text('source').notNull(),
    collector: text('collector').notNull(),
  },
  (t) => [primaryKey({ columns: [t.uai, t.key] })],
)

/** A key whose latest collection failed; removed by the next success. */
export const collectionFailure = pgTable(
  'collection_failure',
  {
    uai: text('uai').notNull(),
    key: text('key').notNull(),
    collector: text('collector').notNull(),
    failedAt: instant('failed_at').notNull(),
    reason: text('reason').notNull(),
  },
  (t) => [primaryKey({ columns: [t.uai, t.key] })],
)

/** One run of one collector on one establishment. */
export const collectionRun = pgTable(
  'collection_run',
  {
    id: uuid('id').primaryKey(),
    uai: text('uai').notNull(),
    collector: text('collector').notNull(),
    startedAt: instant('started_at').notNull(),
    durationMs: integer('duration_ms').notNull(),
    outcome: text('outcome').$type<'success' | 'no_data' | 'failed'>().notNull(),
    evidenceCount: integer('evidence_count').notNull(),
    error: text('error'),
  },
  (t) => [index('collection_run_idx').on(t.uai, t.collector, t.startedAt)],
)

/** Newest activity of each collector on each establishment: silent collectors are read here. */
export const collectorActivity = pgTable(
  'collector_activity',
  {
    uai: text('uai').notNull(),
    collector: text('collector').notNull(),
    lastSuccessAt: instant('last_success_at'),
    lastFailureAt: instant('last_failure_at'),
    lastError: text('last_error'),
  },
  (t) => [primaryKey({ columns: [t.uai, t.collector] })],
)
