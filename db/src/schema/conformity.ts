import { sql } from 'drizzle-orm'
import {
  bigserial,
  boolean,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

export type Verdict = 'compliant' | 'partial' | 'non_compliant' | 'not_applicable' | 'unknown'
export type DecidedVerdict = Exclude<Verdict, 'unknown'>
export type Status = Verdict | 'contradiction'
export interface StoredFigure {
  label: string
  value: number | boolean | string
  of?: number
  unit?: string
}

/** Sparse: no row means unknown, never observed, nothing declared. */
export const requirementStatus = pgTable(
  'requirement_status',
  {
    uai: text('uai').notNull(),
    requirement: text('requirement').notNull(),
    service: text('service').notNull(),
    verdict: text('verdict').$type<Verdict>().notNull(),
    unknownReason: text('unknown_reason').$type<'never_observed' | 'stale' | 'collector_failed'>(),
    reason: text('reason').notNull(),
    figures: jsonb('figures').$type<StoredFigure[]>().notNull(),
    status: text('status').$type<Status>().notNull(),
    counted: text('counted').$type<Verdict>().notNull(),
    basis: text('basis')
      .$type<'observed' | 'declared' | 'confirmed' | 'contradiction' | 'arbitrated' | 'none'>()
      .notNull(),
    reopened: boolean('reopened').notNull().default(false),
    derogatedUntil: instant('derogated_until'),
    staleAt: instant('stale_at'),
    since: instant('since').notNull(),
    /** Version of the check that observed; null where nothing observes. */
    ruleVersion: integer('rule_version'),
    evaluatedAt: instant('evaluated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.uai, t.requirement] }),
    index('requirement_status_requirement_idx').on(t.requirement, t.status, t.uai),
    index('requirement_status_status_idx').on(t.status, t.requirement, t.uai),
    index('requirement_status_stale_idx')
      .on(t.uai)
      .where(sql`${t.unknownReason} = 'stale'`),
    index('requirement_status_reopened_idx')
      .on(t.uai)
      .where(sql`${t.reopened}`),
  ],
)

export const statusChange = pgTable(
  'status_change',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    uai: text('uai').notNull(),
    requirement: text('requirement').notNull(),
    at: instant('at').notNull(),
    fromStatus: text('from_status').$type<Status>(),
    toStatus: text('to_status').$type<Status>().notNull(),
    verdict: text('verdict').$type<Verdict>().notNull(),
    reason: text('reason').notNull(),
    figures: jsonb('figures').$type<StoredFigure[]>().notNull(),
    /** Null on rows older than these columns. */
    counted: text('counted').$type<Verdict>(),
    basis: text('basis').$type<
      'observed' | 'declared' | 'confirmed' | 'contradiction' | 'arbitrated' | 'none'
    >(),
    ruleVersion: integer('rule_version'),
  },
  (t) => [
    index('status_change_history_idx').on(t.uai, t.requirement, t.at),
    index('status_change_recent_idx').on(t.at),
  ],
)

/** Additive points in halves (compliant 2, partial 1), as `rules` counts them. */
const points = () => ({
  ePoints: integer('e_points').notNull(),
  eApplicable: integer('e_applicable').notNull(),
  rPoints: integer('r_points').notNull(),
  rApplicable: integer('r_applicable').notNull(),
  fPoints: integer('f_points').notNull(),
  fApplicable: integer('f_applicable').notNull(),
  fresh: integer('fresh').notNull(),
  applicable: integer('applicable').notNull(),
  contradictions: integer('contradictions').notNull(),
  derogations: integer('derogations').notNull(),
  unknown: integer('unknown').notNull(),
  nonCompliant: integer('non_compliant').notNull(),
})

export const serviceRollup = pgTable(
  'service_rollup',
  { uai: text('uai').notNull(), service: text('service').notNull(), ...points() },
  (t) => [primaryKey({ columns: [t.uai, t.service] }), index('service_rollup_service_idx').on(t.service)],
)

export const etablissementScore = pgTable('etablissement_score', {
  uai: text('uai').primaryKey(),
  ...points(),
  exigeRate: doublePrecision('exige_rate'),
  carineIndex: doublePrecision('carine_index'),
  evaluatedAt: instant('evaluated_at').notNull(),
})

/** One row a day at most, written when the score moved: trend per school year. */
export const scoreHistory = pgTable(
  'score_history',
  {
    uai: text('uai').notNull(),
    day: date('day').notNull(),
    ...points(),
    exigeRate: doublePrecision('exige_rate'),
    carineIndex: doublePrecision('carine_index'),
  },
  (t) => [primaryKey({ columns: [t.uai, t.day] })],
)

/** When an establishment must be evaluated next: now when evidence arrives, later when evidence goes stale. */
export const evaluationDue = pgTable(
  'evaluation_due',
  { uai: text('uai').primaryKey(), dueAt: instant('due_at').notNull() },
  (t) => [index('evaluation_due_at_idx').on(t.dueAt)],
)

/** `form`: one requirement; `questionnaire`: guided; `visit`: said on site; `bulk`: several at once. */
export type DeclarationOrigin = 'form' | 'questionnaire' | 'visit' | 'bulk'

export const declaration = pgTable(
  'declaration',
  {
    id: uuid('id').primaryKey(),
    uai: text('uai').notNull(),
    requirement: text('requirement').notNull(),
    verdict: text('verdict').$type<DecidedVerdict>().notNull(),
    comment: text('comment').notNull(),
    author: uuid('author').notNull(),
    declaredAt: instant('declared_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    origin: text('origin').$type<DeclarationOrigin>().notNull().default('form'),
    /** Since when a reminder of its expiry is queued. */
    remindedAt: instant('reminded_at'),
    withdrawnAt: instant('withdrawn_at'),
    withdrawnBy: uuid('withdrawn_by'),
  },
  (t) => [
    index('declaration_idx').on(t.uai, t.requirement, t.declaredAt),
    index('declaration_expiry_idx')
      .on(t.expiresAt)
      .where(sql`${t.withdrawnAt} is null`),
  ],
)

export const arbitration = pgTable(
  'arbitration',
  {
    id: uuid('id').primaryKey(),
    uai: text('uai').notNull(),
    requirement: text('requirement').notNull(),
    verdict: text('verdict').$type<DecidedVerdict>().notNull(),
    /** Observed verdict at the time: a different one reopens the arbitration. */
    observedVerdict: text('observed_verdict').$type<Verdict>().notNull(),
    /** Newest evidence behind that observation; only newer evidence reopens. */
    evidenceAt: instant('evidence_at'),
    reason: text('reason').notNull(),
    author: uuid('author').notNull(),
    decidedAt: instant('decided_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    batchId: uuid('batch_id'),
    /** Visit on site whose answer it is; null when the RSSI decided. */
    visitId: uuid('visit_id'),
    /** A decision that was undone never counts. */
    withdrawnAt: instant('withdrawn_at'),
    withdrawnBy: uuid('withdrawn_by'),
  },
  (t) => [
    index('arbitration_idx').on(t.uai, t.requirement, t.decidedAt),
    index('arbitration_visit_idx').on(t.visitId),
  ],
)

export const derogation = pgTable(
  'derogation',
  {
    id: uuid('id').primaryKey(),
    uai: text('uai').notNull(),
    requirement: text('requirement').notNull(),
    justification: text('justification').notNull(),
    requestedBy: uuid('requested_by').notNull(),
    requestedAt: instant('requested_at').notNull(),
    approvedBy: uuid('approved_by'),
    approvedAt: instant('approved_at'),
    expiresAt: instant('expires_at').notNull(),
    /** Expiry asked for, kept when the approval gave another one. */
    requestedUntil: instant('requested_until'),
    refusedBy: uuid('refused_by'),
    refusedAt: instant('refused_at'),
    refusalReason: text('refusal_reason'),
    batchId: uuid('batch_id'),
    /** Taken back by who asked, or ended early. */
    withdrawnAt: instant('withdrawn_at'),
    withdrawnBy: uuid('withdrawn_by'),
  },
  (t) => [
    index('derogation_idx').on(t.uai, t.requirement),
    index('derogation_pending_idx')
      .on(t.requestedAt)
      .where(sql`${t.approvedAt} is null and ${t.refusedAt} is null and ${t.withdrawnAt} is null`),
    index('derogation_batch_idx')
      .on(t.batchId)
      .where(sql`${t.batchId} is not null`),
  ],
)
