import { sql } from 'drizzle-orm'
import { index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** A verdict that the establishment disputes, until the RSSI decides. */
export const dispute = pgTable(
  'dispute',
  {
    id: uuid('id').primaryKey(),
    uai: text('uai').notNull(),
    requirement: text('requirement').notNull(),
    kind: text('kind').$type<'not_applicable' | 'wrong_observation'>().notNull(),
    reason: text('reason').notNull(),
    openedAt: instant('opened_at').notNull(),
    openedBy: uuid('opened_by').notNull(),
    decision: text('decision').$type<'accepted' | 'refused' | 'withdrawn'>(),
    decisionReason: text('decision_reason'),
    decidedAt: instant('decided_at'),
    decidedBy: uuid('decided_by'),
    /** Arbitration that an accepted dispute became. */
    arbitrationId: uuid('arbitration_id'),
    batchId: uuid('batch_id'),
  },
  (t) => [
    index('dispute_open_idx').on(t.decidedAt, t.uai),
    index('dispute_uai_idx').on(t.uai, t.requirement),
    uniqueIndex('dispute_one_open')
      .on(t.uai, t.requirement)
      .where(sql`${t.decidedAt} is null`),
    index('dispute_batch_idx')
      .on(t.batchId)
      .where(sql`${t.batchId} is not null`),
  ],
)

/** Several decisions taken at once, undone at once. */
export const reviewBatch = pgTable(
  'review_batch',
  {
    id: uuid('id').primaryKey(),
    academie: text('academie').notNull(),
    kind: text('kind')
      .$type<'arbitration' | 'derogation_approval' | 'derogation_refusal' | 'dispute'>()
      .notNull(),
    reason: text('reason').notNull(),
    decisions: integer('decisions').notNull(),
    decidedAt: instant('decided_at').notNull(),
    decidedBy: uuid('decided_by').notNull(),
    undoneAt: instant('undone_at'),
    undoneBy: uuid('undone_by'),
  },
  (t) => [index('review_batch_idx').on(t.academie, t.decidedAt)],
)
