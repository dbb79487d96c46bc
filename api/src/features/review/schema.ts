import { z } from '@hono/zod-openapi'
import {
  levelSchema,
  scoreSchema,
  serviceIdSchema,
  statusSchema,
  verdictSchema,
} from '../conformity/schema.ts'
import { instant, seen, verdict, writtenText } from '../declarations/fields.ts'
import { DISPUTE_KINDS } from '../disputes/schema.ts'

export const REVIEW_KINDS = ['contradiction', 'expiring', 'derogation', 'dispute'] as const
export type ReviewKind = (typeof REVIEW_KINDS)[number]
export const MOST_DECISIONS = 500

const page = z.coerce.number().int().min(1).max(100_000).default(1)
const pageSize = z.coerce.number().int().min(1).max(200).default(50)
const plain = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((text) => !text.includes('\u0000'), { error: 'sans caractère nul' })

export const reviewFilters = z.object({
  departement: plain(10).optional(),
  service: serviceIdSchema.optional(),
  q: plain(100).optional().openapi({ description: 'Mots du nom, de la commune ou de l’UAI' }),
})
export const reviewQuery = reviewFilters.extend({
  kind: z.enum(REVIEW_KINDS).optional(),
  page,
  pageSize,
})
export const batchesQuery = z.object({ page, pageSize })

const CASE = /^(?:[0-9]{7}[A-Z]\.[A-Z]{3}-[A-Z]{3}-[0-9]{1,2}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/
const caseId = z
  .string()
  .regex(CASE, { error: 'cas inconnu : attendu l’identifiant donné par la file de revue' })
  .openapi({ example: '0990001A.MCO-SVG-1' })
export const caseParams = z.object({ kind: z.enum(REVIEW_KINDS), case: caseId })

export const reviewRowSchema = z
  .object({
    kind: z.enum(REVIEW_KINDS),
    /** `UAI.exigence` for a contradiction, the id of the request or of the declaration otherwise. */
    case: z.string(),
    uai: z.string(),
    name: z.string(),
    departement: z.string(),
    departementName: z.string(),
    requirement: z.string(),
    service: serviceIdSchema,
    statement: z.string(),
    level: levelSchema,
    /** Since when it waits; for a declaration, its expiry. */
    since: z.string(),
    status: statusSchema,
    counted: verdictSchema,
    observed: verdictSchema,
    reason: z.string(),
    reopened: z.boolean(),
    declared: z.object({ verdict: verdictSchema, comment: z.string(), expiresAt: z.string() }).nullable(),
    /** Justification of a derogation, reason of a dispute. */
    request: z.string().nullable(),
    /** Expiry that a derogation asks for. */
    until: z.string().nullable(),
    disputeKind: z.enum(DISPUTE_KINDS).nullable(),
    remindedAt: z.string().nullable(),
  })
  .openapi('ReviewRow')

export const reviewSchema = z
  .object({
    total: z.number().int(),
    page: z.number().int(),
    pageSize: z.number().int(),
    rows: z.array(reviewRowSchema),
  })
  .openapi('Review')

const whichCase = z.object({ kind: z.enum(REVIEW_KINDS), case: z.string() })

/** One case of the queue, and its place in it under the filters. */
export const reviewCaseSchema = z
  .object({
    row: reviewRowSchema,
    position: z.number().int(),
    total: z.number().int(),
    previous: whichCase.nullable(),
    next: whichCase.nullable(),
  })
  .openapi('ReviewCase')

export const figuresSchema = z
  .object({
    contradiction: z.number().int(),
    expiring: z.number().int(),
    derogation: z.number().int(),
    dispute: z.number().int(),
    total: z.number().int(),
  })
  .openapi('ReviewFigures')

export const OUTCOMES = {
  contradiction: ['observed', 'declared', 'compliant', 'partial', 'non_compliant', 'not_applicable'],
  derogation: ['approve', 'refuse'],
  dispute: ['accept', 'refuse'],
} as const
export type DecidedKind = keyof typeof OUTCOMES
export const ALL_OUTCOMES = [...OUTCOMES.contradiction, ...OUTCOMES.derogation, 'accept'] as const

export const decisionsInput = z
  .object({
    kind: z.enum(['contradiction', 'derogation', 'dispute'], {
      error: 'kind : attendu contradiction, derogation ou dispute',
    }),
    cases: z
      .array(caseId, { error: 'cases : attendu une liste de cas' })
      .min(1, { error: 'cases : choisissez au moins un cas' })
      .max(MOST_DECISIONS, { error: `cases : au plus ${MOST_DECISIONS} cas à la fois` }),
    outcome: z.enum(ALL_OUTCOMES, { error: `outcome : attendu ${ALL_OUTCOMES.join(', ')}` }),
    verdict: verdict.optional().openapi({ description: 'Verdict retenu d’une contestation acceptée' }),
    reason: writtenText('reason', 10).optional(),
    expiresAt: instant.optional(),
    preview: z.boolean().default(false).openapi({ description: 'Calcule l’effet, sans rien écrire' }),
    previewed: z
      .string()
      .max(64, { error: 'previewed : attendu l’empreinte donnée par l’aperçu' })
      .optional()
      .openapi({
        description: 'Empreinte donnée par l’aperçu : la décision est refusée si elle n’est plus la même',
      }),
    seen: seen.optional(),
  })
  .refine(
    (asked) =>
      asked.preview ||
      asked.previewed !== undefined ||
      (asked.seen !== undefined && asked.cases.length === 1),
    {
      path: ['previewed'],
      error:
        'previewed : demandez d’abord l’aperçu et donnez son empreinte, ou, pour un seul cas, celle de l’exigence dans seen',
    },
  )
  .openapi('ReviewDecisions')

const skipped = z.array(z.object({ case: z.string(), why: z.string() }))

export const effectSchema = z
  .object({
    etablissements: z.number().int(),
    /** How many requirements would move from a status to another. */
    moves: z.array(z.object({ from: statusSchema, to: statusSchema, count: z.number().int() })),
    changes: z.array(
      z.object({
        uai: z.string(),
        name: z.string(),
        requirement: z.string(),
        from: statusSchema,
        to: statusSchema,
        countedFrom: verdictSchema,
        countedTo: verdictSchema,
      }),
    ),
    scores: z.array(z.object({ uai: z.string(), name: z.string(), before: scoreSchema, after: scoreSchema })),
    /** All these establishments together. */
    before: scoreSchema,
    after: scoreSchema,
  })
  .openapi('ReviewEffect')

export const decisionsSchema = z
  .object({
    /** Null for a preview: nothing was written. */
    batchId: z.string().nullable(),
    decided: z.number().int(),
    skipped,
    effect: effectSchema.nullable(),
    /** Of a preview: given back as `previewed`, it binds what is applied. */
    fingerprint: z.string().nullable(),
  })
  .openapi('ReviewDecided')

export const batchParams = z.object({ id: z.uuid({ error: 'identifiant de lot incorrect' }) })

export const batchSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['arbitration', 'derogation_approval', 'derogation_refusal', 'dispute']),
    reason: z.string(),
    decisions: z.number().int(),
    decidedAt: z.string(),
    decidedBy: z.string().nullable(),
    undoneAt: z.string().nullable(),
  })
  .openapi('ReviewBatch')
export const batchesSchema = z
  .object({
    total: z.number().int(),
    page: z.number().int(),
    pageSize: z.number().int(),
    rows: z.array(batchSchema),
  })
  .openapi('ReviewBatches')

export const undoneSchema = z
  .object({
    undone: z.number().int(),
    /** What something newer has replaced since, and so stays. */
    kept: z.array(z.object({ uai: z.string(), requirement: z.string(), why: z.string() })),
  })
  .openapi('ReviewUndone')

export const remindersInput = z
  .object({
    declarations: z
      .array(z.uuid({ error: 'declarations : identifiant de déclaration incorrect' }), {
        error: 'declarations : attendu une liste de déclarations',
      })
      .min(1, { error: 'declarations : choisissez au moins une déclaration' })
      .max(MOST_DECISIONS, { error: `declarations : au plus ${MOST_DECISIONS} à la fois` }),
  })
  .openapi('ReviewReminders')
export const remindersSchema = z
  .object({
    reminded: z.number().int(),
    /** Their author has no address in Vigie: call them. */
    withoutAddress: z.number().int(),
  })
  .openapi('ReviewReminded')

export type ReviewFilters = z.infer<typeof reviewFilters>
export type ReviewQuery = z.infer<typeof reviewQuery>
export type ReviewRow = z.infer<typeof reviewRowSchema>
export type Review = z.infer<typeof reviewSchema>
export type ReviewCase = z.infer<typeof reviewCaseSchema>
export type Figures = z.infer<typeof figuresSchema>
export type DecisionsInput = z.infer<typeof decisionsInput>
export type Decided = z.infer<typeof decisionsSchema>
export type Effect = z.infer<typeof effectSchema>
export type Skipped = z.infer<typeof skipped>
export type Undone = z.infer<typeof undoneSchema>
export type Batches = z.infer<typeof batchesSchema>
export type RemindersInput = z.infer<typeof remindersInput>
