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

export type BackupTool = 'restic' | 'borg' | 'generic'

/** One try of a backup: instant in ISO form, and whether it succeeded. */
export interface BackupRun {
  readonly at: string
  readonly ok: boolean
}

/** A machine whose data stand in a repository, and its newest success. */
export interface BackupHost {
  readonly name: string
  readonly lastSuccessAt: string
}

/** Newest known state of one repository of backups of an establishment. */
export const backupRepository = pgTable(
  'backup_repository',
  {
    uai: text('uai').notNull(),
    /** Name that the report gives it; never an address with a secret. */
    repository: text('repository').notNull(),
    tool: text('tool').$type<BackupTool>().notNull(),
    /** What it covers, among `servers`, `administration`, `pedagogy`, `logs`, parted by commas. */
    covers: text('covers').notNull(),
    lastSuccessAt: instant('last_success_at'),
    /** Hours between two backups as planned, and as seen. */
    plannedIntervalHours: doublePrecision('planned_interval_hours'),
    seenIntervalHours: doublePrecision('seen_interval_hours'),
    /** Share of the backups due over 30 days that succeeded; null without a schedule. */
    successRatio: doublePrecision('success_ratio'),
    /** From when every success is known, whatever was pruned since. */
    knownSince: instant('known_since').notNull(),
    /** Tries of the last 31 days, oldest first. */
    recentRuns: jsonb('recent_runs').$type<BackupRun[]>().notNull(),
    hosts: jsonb('hosts').$type<BackupHost[]>().notNull(),
    /** Restorable versions of what has the fewest. */
    versions: integer('versions').notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }),
    encrypted: boolean('encrypted'),
    /** The copy stands away from the data. */
    remote: boolean('remote'),
    transportEncrypted: boolean('transport_encrypted'),
    centralised: boolean('centralised'),
    logged: boolean('logged'),
    /** Removable media kept on another site; null when there are none. */
    removableOffsite: boolean('removable_offsite'),
    /** Data themselves read back and compared, not only the index. */
    dataCheckedAt: instant('data_checked_at'),
    /** Newest check of the structure alone that found nothing. */
    structureCheckedAt: instant('structure_checked_at'),
    checkFailedAt: instant('check_failed_at'),
    /** When the tool was read, apart from when its report arrived. */
    collectedAt: instant('collected_at').notNull(),
    reportedAt: instant('reported_at').notNull(),
    collector: text('collector').notNull(),
  },
  (t) => [primaryKey({ columns: [t.uai, t.repository] })],
)

/** Size trend: one row a day at most. */
export const backupSize = pgTable(
  'backup_size',
  {
    uai: text('uai').notNull(),
    repository: text('repository').notNull(),
    day: date('day').notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.uai, t.repository, t.day] })],
)

/** A restore that someone tried: no tool records it, so it is a signed record of its own. */
export const restoreTest = pgTable(
  'restore_test',
  {
    id: uuid('id').primaryKey(),
    uai: text('uai').notNull(),
    repository: text('repository'),
    performedAt: instant('performed_at').notNull(),
    /** Function of who tried it, or the task's name; no name of a person. */
    performedBy: text('performed_by').notNull(),
    restored: text('restored').notNull(),
    result: text('result').$type<'success' | 'partial' | 'failure'>().notNull(),
    durationMinutes: integer('duration_minutes'),
    comment: text('comment'),
    recordedAt: instant('recorded_at').notNull(),
    /** Account of a person, or null when a collector sent it. */
    recordedBy: uuid('recorded_by'),
    /** Canonical text that was signed, and its Ed25519 signature in base64url. */
    payload: text('payload').notNull(),
    signature: text('signature').notNull(),
    keyId: text('key_id').notNull(),
    /** Raw public key in base64url: the record is verified years after that key was replaced. */
    publicKey: text('public_key').notNull(),
    /** SHA-256 (hex) of the payload: the same text counts once. */
    digest: text('digest').notNull(),
  },
  (t) => [
    index('restore_test_uai_idx').on(t.uai, t.performedAt),
    uniqueIndex('restore_test_digest_unique').on(t.digest),
  ],
)

/** Ed25519 public keys that may sign restore tests sent by machines. */
export const signingKey = pgTable(
  'signing_key',
  {
    id: text('id').primaryKey(),
    uai: text('uai').notNull(),
    label: text('label').notNull(),
    /** Raw 32 bytes in base64url. */
    publicKey: text('public_key').notNull(),
    createdAt: instant('created_at').notNull(),
    createdBy: uuid('created_by').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (t) => [index('signing_key_uai_idx').on(t.uai)],
)
