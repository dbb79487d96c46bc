import { bigint, bigserial, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** Append-only for the application's roles; partitioned by month of `at`. */
export const journalEntry = pgTable(
  'journal_entry',
  {
    id: bigserial('id', { mode: 'bigint' }).notNull(),
    at: instant('at').notNull(),
    actorKind: text('actor_kind').$type<'account' | 'service' | 'collector' | 'system'>().notNull(),
    actorId: text('actor_id').notNull(),
    action: text('action').notNull(),
    subjectKind: text('subject_kind').notNull(),
    subjectId: text('subject_id').notNull(),
    uai: text('uai'),
    details: jsonb('details').$type<Record<string, unknown>>().notNull(),
    requestId: text('request_id'),
  },
  (t) => [primaryKey({ columns: [t.at, t.id] })],
)

/** Entries that no batch has sealed yet; filled by a trigger, emptied by the sealer. */
export const journalPending = pgTable('journal_pending', {
  entryId: bigint('entry_id', { mode: 'bigint' }).primaryKey(),
  at: instant('at').notNull(),
})

/** One sealed batch: the hash of each entry, chained to the batch before, authenticated by the master key. */
export const journalBatch = pgTable('journal_batch', {
  sequence: bigint('sequence', { mode: 'number' }).primaryKey(),
  sealedAt: instant('sealed_at').notNull(),
  fromAt: instant('from_at').notNull(),
  toAt: instant('to_at').notNull(),
  entryIds: bigint('entry_ids', { mode: 'bigint' }).array().notNull(),
  entryHashes: text('entry_hashes').array().notNull(),
  previousHash: text('previous_hash').notNull(),
  hash: text('hash').notNull(),
  mac: text('mac').notNull(),
  keyId: text('key_id').notNull(),
})
