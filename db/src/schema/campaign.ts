import { boolean, date, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import type { DecidedVerdict, Status, Verdict } from './conformity.ts'
import type { PerimeterKind } from './access.ts'

/** An audit of a perimeter on chosen requirements, between two dates. */
export const campaign = pgTable(
  'campaign',
  {
    id: uuid('id').primaryKey(),
    academie: text('academie').notNull(),
    name: text('name').notNull(),
    purpose: text('purpose').notNull(),
    perimeterKind: text('perimeter_kind').$type<PerimeterKind>().notNull(),
    perimeterCode: text('perimeter_code').notNull(),
    /** `d1`, `d2`, or null for both. */
    degree: text('degree').$type<'d1' | 'd2'>(),
    startsOn: date('starts_on').notNull(),
    endsOn: date('ends_on').notNull(),
    state: text('state').$type<'draft' | 'open' | 'closed'>().notNull(),
    /** Campaign whose perimeter and requirements it took; never its answers. */
    basedOn: uuid('based_on'),
    createdAt: instant('created_at').notNull(),
    createdBy: uuid('created_by').notNull(),
    openedAt: instant('opened_at'),
    closedAt: instant('closed_at'),
  },
  (t) => [index('campaign_academie_idx').on(t.academie, t.startsOn)],
)

export const campaignRequirement = pgTable(
  'campaign_requirement',
  { campaignId: uuid('campaign_id').notNull(), requirement: text('requirement').notNull() },
  (t) => [primaryKey({ columns: [t.campaignId, t.requirement] })],
)

/** Service to its requirements of the campaign, those observed, and those answered. */
export type ServiceProgress = Record<string, readonly [total: number, observed: number, answered: number]>

/** One establishment of an open campaign, with its progress kept as counts so that 3,000 rows stay fast. */
export const campaignEtablissement = pgTable(
  'campaign_etablissement',
  {
    campaignId: uuid('campaign_id').notNull(),
    uai: text('uai').notNull(),
    /** Who audits it; null until someone is named. */
    officer: uuid('officer'),
    visitOn: date('visit_on'),
    /** Requirements of the campaign. */
    total: integer('total').notNull(),
    /** Decided by fresh observation. */
    observed: integer('observed').notNull(),
    /** Declared or checked on site since the opening, and not observed. */
    answered: integer('answered').notNull(),
    findings: integer('findings').notNull(),
    services: jsonb('services').$type<ServiceProgress>().notNull().default({}),
    visitedAt: instant('visited_at'),
    countedAt: instant('counted_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.campaignId, t.uai] }),
    index('campaign_etablissement_uai_idx').on(t.uai),
    index('campaign_etablissement_officer_idx').on(t.officer, t.visitOn),
  ],
)

/** `requirement` to what stood then; a requirement that is not there was unknown. */
export type FrozenStatuses = Record<
  string,
  { status: Status; counted: Verdict; basis: string; derogated?: true }
>

/** What stood at the opening and at the closing; written once, never updated. */
export const campaignSnapshot = pgTable(
  'campaign_snapshot',
  {
    campaignId: uuid('campaign_id').notNull(),
    phase: text('phase').$type<'opening' | 'closing'>().notNull(),
    uai: text('uai').notNull(),
    statuses: jsonb('statuses').$type<FrozenStatuses>().notNull(),
    /** Halves, over the requirements of the campaign. */
    ePoints: integer('e_points').notNull(),
    eApplicable: integer('e_applicable').notNull(),
    rPoints: integer('r_points').notNull(),
    rApplicable: integer('r_applicable').notNull(),
    fresh: integer('fresh').notNull(),
    applicable: integer('applicable').notNull(),
    frozenAt: instant('frozen_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.campaignId, t.phase, t.uai] })],
)

/** One visit on site; its checklist may be filled without a network. */
export const visit = pgTable(
  'visit',
  {
    id: uuid('id').primaryKey(),
    uai: text('uai').notNull(),
    campaignId: uuid('campaign_id'),
    officer: uuid('officer').notNull(),
    visitedOn: date('visited_on').notNull(),
    createdAt: instant('created_at').notNull(),
    closedAt: instant('closed_at'),
    note: text('note'),
  },
  (t) => [index('visit_uai_idx').on(t.uai, t.visitedOn), index('visit_campaign_idx').on(t.campaignId)],
)

/** One answer of the checklist, numbered by the tablet that gave it: sent twice, it counts once. */
export const visitAnswer = pgTable(
  'visit_answer',
  {
    id: uuid('id').primaryKey(),
    visitId: uuid('visit_id').notNull(),
    requirement: text('requirement').notNull(),
    verdict: text('verdict').$type<DecidedVerdict>().notNull(),
    comment: text('comment').notNull(),
    answeredAt: instant('answered_at').notNull(),
    answeredBy: uuid('answered_by').notNull(),
    receivedAt: instant('received_at').notNull(),
    /** Answer that the tablet had in view; another one standing by then is a conflict. */
    basedOn: uuid('based_on'),
    /** False once another answer was kept instead. */
    standing: boolean('standing').notNull(),
    /** Answer that it conflicts with, until someone chooses. */
    conflictsWith: uuid('conflicts_with'),
  },
  (t) => [index('visit_answer_idx').on(t.visitId, t.requirement)],
)

/** I (information), D (décision), A (action), as the working groups minute them. */
export type FindingNature = 'I' | 'D' | 'A'

export const finding = pgTable(
  'finding',
  {
    id: uuid('id').primaryKey(),
    uai: text('uai').notNull(),
    requirement: text('requirement'),
    campaignId: uuid('campaign_id'),
    visitId: uuid('visit_id'),
    nature: text('nature').$type<FindingNature>().notNull(),
    description: text('description').notNull(),
    /** Responsible party, from the sharing table unless someone else was named. */
    party: text('party').notNull(),
    dueOn: date('due_on'),
    state: text('state').$type<'open' | 'done' | 'dropped'>().notNull(),
    comment: text('comment'),
    createdAt: instant('created_at').notNull(),
    createdBy: uuid('created_by').notNull(),
    settledAt: instant('settled_at'),
    settledBy: uuid('settled_by'),
  },
  (t) => [index('finding_uai_idx').on(t.uai, t.state), index('finding_campaign_idx').on(t.campaignId)],
)

export const findingProof = pgTable(
  'finding_proof',
  { findingId: uuid('finding_id').notNull(), proofId: uuid('proof_id').notNull() },
  (t) => [primaryKey({ columns: [t.findingId, t.proofId] }), index('finding_proof_proof_idx').on(t.proofId)],
)
