import {
  bigint,
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

/** How Prometheus looks at a target: an exporter that it scrapes, or a probe that it asks for. */
export type TargetModule = 'node' | 'http' | 'icmp' | 'tcp' | 'dns' | 'snmp'

/** What Prometheus must watch at an establishment: given to it by service discovery. */
export const supervisionTarget = pgTable(
  'supervision_target',
  {
    id: uuid('id').primaryKey(),
    uai: text('uai').notNull(),
    module: text('module').$type<TargetModule>().notNull(),
    /** `host:port` of an exporter, address or URL of a probe. */
    address: text('address').notNull(),
    label: text('label').notNull(),
    /** CARINE service that depends on it; null when it tells of none. */
    service: text('service'),
    machineId: uuid('machine_id'),
    /** `learnt`: read in the parc, and followed there. */
    origin: text('origin').$type<'declared' | 'learnt'>().notNull(),
    createdAt: instant('created_at').notNull(),
    /** Null when it was learnt. */
    createdBy: uuid('created_by'),
    /** No longer given to Prometheus; a learnt target that a person put aside stays so. */
    disabledAt: instant('disabled_at'),
  },
  (t) => [
    uniqueIndex('supervision_target_unique').on(t.uai, t.module, t.address),
    index('supervision_target_machine_idx').on(t.machineId),
  ],
)

export type AvailabilityWindow = '1d' | '7d' | '30d'

/** Share of the time during which a service of an establishment answered, as Prometheus recorded it. */
export const serviceAvailability = pgTable(
  'service_availability',
  {
    uai: text('uai').notNull(),
    service: text('service').notNull(),
    span: text('span').$type<AvailabilityWindow>().notNull(),
    ratio: doublePrecision('ratio').notNull(),
    observedAt: instant('observed_at').notNull(),
    source: text('source').notNull(),
  },
  (t) => [primaryKey({ columns: [t.uai, t.service, t.span] })],
)

/** Thresholds at which an académie departs from the default of an alert; read by the alerting rules as a metric. */
export const alertThreshold = pgTable(
  'alert_threshold',
  {
    academie: text('academie').notNull(),
    alert: text('alert').notNull(),
    value: doublePrecision('value').notNull(),
    updatedAt: instant('updated_at').notNull(),
    updatedBy: uuid('updated_by').notNull(),
  },
  (t) => [primaryKey({ columns: [t.academie, t.alert] })],
)

/** Verifications of one second in one process: what the live page draws. Kept for a few hours. */
export const otpTraffic = pgTable(
  'otp_traffic',
  {
    second: instant('second').notNull(),
    process: text('process').notNull(),
    academie: text('academie').notNull(),
    /** Verifications by reason. */
    reasons: jsonb('reasons').$type<Record<string, number>>().notNull(),
    /** Verifications by bucket of duration; the bounds are the path's own. */
    durations: integer('durations').array().notNull(),
  },
  (t) => [primaryKey({ columns: [t.second, t.process, t.academie] })],
)

/** Newest run of each background job, over all processes. */
export const jobActivity = pgTable('job_activity', {
  job: text('job').primaryKey(),
  lastStartedAt: instant('last_started_at').notNull(),
  lastSuccessAt: instant('last_success_at'),
  lastFailureAt: instant('last_failure_at'),
  lastDurationMs: integer('last_duration_ms'),
})

/** A whole verification of the journal, and what it found. */
export const journalVerification = pgTable(
  'journal_verification',
  {
    id: uuid('id').primaryKey(),
    verifiedAt: instant('verified_at').notNull(),
    outcome: text('outcome').$type<'whole' | 'broken'>().notNull(),
    entries: bigint('entries', { mode: 'number' }).notNull(),
    /** Names the first break; null when the journal is whole. */
    firstBreak: text('first_break'),
  },
  (t) => [index('journal_verification_at_idx').on(t.verifiedAt)],
)

/** Newest run of each collector that Vigie runs itself, over all processes; no run of an establishment tells it. */
export const collectorNewestRun = pgTable('collector_newest_run', {
  collector: text('collector').primaryKey(),
  startedAt: instant('started_at').notNull(),
  durationMs: integer('duration_ms').notNull(),
  outcome: text('outcome').$type<'success' | 'no_data' | 'failed'>().notNull(),
  lastSuccessAt: instant('last_success_at'),
})
