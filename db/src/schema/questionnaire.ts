import { boolean, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** One run of the guided questionnaire at an establishment; it resumes until it is closed. */
export const questionnaire = pgTable(
  'questionnaire',
  {
    id: uuid('id').primaryKey(),
    uai: text('uai').notNull(),
    startedAt: instant('started_at').notNull(),
    startedBy: uuid('started_by').notNull(),
    closedAt: instant('closed_at'),
    /** Optional requirements are asked too. */
    withOptional: boolean('with_optional').notNull().default(false),
  },
  (t) => [index('questionnaire_uai_idx').on(t.uai, t.startedAt)],
)

export type QuestionnaireReply =
  'compliant' | 'partial' | 'non_compliant' | 'not_applicable' | 'do_not_know' | 'later'

/** What was replied to one question; a decided reply is also a declaration. */
export const questionnaireReply = pgTable(
  'questionnaire_reply',
  {
    questionnaireId: uuid('questionnaire_id').notNull(),
    requirement: text('requirement').notNull(),
    reply: text('reply').$type<QuestionnaireReply>().notNull(),
    declarationId: uuid('declaration_id'),
    /** What was typed beside a reply that declares nothing. */
    comment: text('comment'),
    repliedAt: instant('replied_at').notNull(),
    repliedBy: uuid('replied_by').notNull(),
  },
  (t) => [primaryKey({ columns: [t.questionnaireId, t.requirement] })],
)
