import {
  bigint,
  boolean,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** A machine whose journals reach the receiver, known by its client certificate. */
export const logSource = pgTable(
  'log_source',
  {
    id: uuid('id').primaryKey(),
    uai: text('uai').notNull(),
    label: text('label').notNull(),
    /** SHA-256 of the certificate in hexadecimal, or null when it is known by its name. */
    fingerprint: text('fingerprint'),
    /** Common or alternative name of the certificate, in lower case. */
    certificateName: text('certificate_name'),
    /** Days of retention that its own store showed last. */
    retentionDays: doublePrecision('retention_days'),
    retentionSeenAt: instant('retention_seen_at'),
    lastMessageAt: instant('last_message_at'),
    createdAt: instant('created_at').notNull(),
    createdBy: uuid('created_by').notNull(),
    disabledAt: instant('disabled_at'),
  },
  (t) => [
    index('log_source_uai_idx').on(t.uai),
    uniqueIndex('log_source_fingerprint_unique').on(t.fingerprint),
    uniqueIndex('log_source_name_unique').on(t.certificateName),
  ],
)

/** What one source sent in an hour: counts, never content. */
export const logHour = pgTable(
  'log_hour',
  {
    sourceId: uuid('source_id').notNull(),
    hour: instant('hour').notNull(),
    received: bigint('received', { mode: 'number' }).notNull(),
    /** Well-formed RFC 5424. */
    structured: bigint('structured', { mode: 'number' }).notNull(),
    loginAccepted: bigint('login_accepted', { mode: 'number' }).notNull(),
    loginRefused: bigint('login_refused', { mode: 'number' }).notNull(),
    mailSent: bigint('mail_sent', { mode: 'number' }).notNull(),
    /** Mails sent whose author is recorded. */
    mailAuthored: bigint('mail_authored', { mode: 'number' }).notNull(),
    /** Messages that the sequence says are missing. */
    missing: bigint('missing', { mode: 'number' }).notNull(),
    /** Messages sent again, counted once. */
    repeated: bigint('repeated', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.sourceId, t.hour] })],
)

/** Where the sequence of one emitter of a source stands (RFC 5424, 7.3.1). */
export const logSequence = pgTable(
  'log_sequence',
  {
    sourceId: uuid('source_id').notNull(),
    /** Host and application, digested. */
    emitter: text('emitter').notNull(),
    last: bigint('last', { mode: 'number' }).notNull(),
    /** Numbers below it that never came: first, last, and the hour (Unix time, ms) in which they count as missing. */
    gaps: jsonb('gaps').$type<readonly (readonly [from: number, to: number, hour: number])[]>().notNull(),
    seenAt: instant('seen_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.sourceId, t.emitter] })],
)

/** What the machine itself says that its store of journals holds, once a day. */
export const logStore = pgTable(
  'log_store',
  {
    sourceId: uuid('source_id').notNull(),
    seenOn: date('seen_on').notNull(),
    seenAt: instant('seen_at').notNull(),
    oldestAt: instant('oldest_at').notNull(),
    newestAt: instant('newest_at').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    freeBytes: bigint('free_bytes', { mode: 'number' }),
    capacityBytes: bigint('capacity_bytes', { mode: 'number' }),
    /** Whether older journals are kept on another medium; null when the machine does not say. */
    archived: boolean('archived'),
    /** Day since which the machine runs: its journals cannot be older. */
    inServiceSince: date('in_service_since'),
  },
  (t) => [primaryKey({ columns: [t.sourceId, t.seenOn] })],
)

/** Legal range of retention, in days, of an académie; the default stands without a row. */
export const logRetentionRange = pgTable('log_retention_range', {
  academie: text('academie').primaryKey(),
  shortestDays: integer('shortest_days').notNull(),
  longestDays: integer('longest_days').notNull(),
  decidedOn: date('decided_on').notNull(),
  decidedBy: uuid('decided_by').notNull(),
})
