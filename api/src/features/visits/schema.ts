import { z } from '@hono/zod-openapi'
import { isRequirementId } from '@vigie/rules'
import { basisSchema, levelSchema, statusSchema } from '../conformity/schema.ts'
import { findingSchema } from '../findings/schema.ts'

const id = z.uuid({ error: 'identifiant de visite incorrect' })
const uai = z.string({ error: 'uai : attendu un UAI, par exemple 0990001N' }).trim().max(20)
const day = z.iso.date({ error: 'attendu : une date, par exemple 2026-12-18' })
const instant = z.iso.datetime()
const count = z.number().int()
const person = z.object({ id: z.uuid(), name: z.string() })
const requirement = z.string().refine(isRequirementId, {
  error: 'requirement : attendu un identifiant de CARINE, comme INF-PDT-8',
})
const text = (name: string, max: number) =>
  z
    .string({ error: `${name} : attendu un texte` })
    .trim()
    .max(max, { error: `${name} : au plus ${max} caractères` })
    .refine((value) => !value.includes('\u0000'), { error: `${name} : sans caractère nul` })
export const VERDICTS = ['compliant', 'partial', 'non_compliant', 'not_applicable'] as const
const verdict = z.enum(VERDICTS, {
  error: 'verdict : attendu compliant, partial, non_compliant ou not_applicable',
})
const answerId = z.uuid({ error: 'id : attendu un UUID fait par la tablette' })

export const visitParams = z.object({ id })
export const conflictParams = z.object({
  id,
  answerId: z.uuid({ error: 'identifiant de réponse incorrect' }),
})
export const etablissementParams = z.object({ uai })

export const visitInput = z
  .object({
    campaignId: z
      .uuid({ error: 'campaignId : attendu l’identifiant d’une campagne' })
      .nullable()
      .default(null),
    visitedOn: day.optional().openapi({
      description:
        'Jour de la visite, au plus tard aujourd’hui ; par défaut aujourd’hui, à l’heure de l’établissement',
    }),
    note: text('note', 2_000).nullable().default(null),
  })
  .openapi('VisitInput')
export const visitChange = z
  .object({ visitedOn: day.optional(), note: text('note', 2_000).nullable().optional() })
  .openapi('VisitChange')

export const MOST_ANSWERS = 200
export const answersInput = z
  .object({
    answers: z
      .array(
        z.object({
          id: answerId,
          requirement,
          verdict,
          comment: text('comment', 4_000).default(''),
          answeredAt: z.iso.datetime({ offset: true, error: 'answeredAt : attendu une date et une heure' }),
          basedOn: answerId.nullable().default(null).openapi({
            description:
              'La réponse que la tablette avait sous les yeux ; une autre entre-temps fait un conflit',
          }),
        }),
      )
      .max(MOST_ANSWERS, { error: `answers : au plus ${MOST_ANSWERS} à la fois` }),
  })
  .openapi('VisitAnswers')
export const settlementInput = z
  .object({
    keep: z.enum(['standing', 'incoming'], { error: 'keep : attendu standing ou incoming' }),
    against: answerId.openapi({ description: 'La réponse en place au moment du choix' }),
  })
  .openapi('VisitSettlement')

export const answerSchema = z
  .object({
    id: z.uuid(),
    requirement: z.string(),
    verdict,
    comment: z.string(),
    answeredAt: instant,
    answeredBy: person,
    receivedAt: instant,
  })
  .openapi('VisitAnswer')

export const OUTCOMES = ['standing', 'conflict', 'replaced', 'refused'] as const
export const answersSchema = z
  .object({
    results: z.array(
      z.object({
        id: z.uuid(),
        requirement: z.string(),
        outcome: z.enum(OUTCOMES),
        reason: z.string().nullable().openapi({ description: 'Pourquoi elle est refusée' }),
        /** The answer that stands, when another one does. */
        standing: answerSchema.nullable(),
      }),
    ),
  })
  .openapi('VisitAnswersResult')

const item = z.object({
  requirement: z.string(),
  function: z.string(),
  statement: z.string(),
  level: levelSchema,
  question: z.string().nullable(),
  help: z.string().nullable(),
  status: statusSchema,
  basis: basisSchema,
  reason: z.string(),
  party: z.string(),
  answer: answerSchema.nullable(),
  conflicts: z.array(answerSchema),
  /** What its closing made of the answer. */
  entered: z.boolean(),
})

const visitSummary = z.object({
  id: z.uuid(),
  uai: z.string(),
  etablissement: z.object({
    name: z.string(),
    commune: z.string(),
    degree: z.enum(['d1', 'd2']),
    departement: z.string(),
  }),
  campaign: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  officer: person,
  visitedOn: z.iso.date(),
  createdAt: instant,
  closedAt: instant.nullable(),
  note: z.string().nullable(),
  total: count,
  answered: count,
  conflicts: count,
})

export const visitSchema = visitSummary
  .extend({
    services: z.array(z.object({ id: z.string(), name: z.string(), items: z.array(item) })),
    findings: z.array(findingSchema),
    mayWork: z.boolean(),
    mayReopen: z.boolean().openapi({ description: 'Close, et sa campagne ne l’est pas' }),
  })
  .openapi('Visit')
export const visitsSchema = z.object({ rows: z.array(visitSummary.openapi('VisitSummary')) })

export const closingSchema = z
  .object({
    entered: count.openapi({ description: 'Réponses qui comptent dès maintenant' }),
    left: z.array(z.string()).openapi({
      description: 'Exigences où une décision du RSSI, ou ce qu’une visite a vu plus tard, reste en vigueur',
    }),
  })
  .openapi('VisitClosing')

export const reopeningInput = z
  .object({
    reason: text('reason', 500).refine((value) => value.length >= 5, {
      error: 'reason : au moins 5 caractères, pour qu’un autre comprenne',
    }),
  })
  .openapi('VisitReopening')
export const reopeningSchema = z
  .object({ retired: count.openapi({ description: 'Réponses qui ne comptent plus, jusqu’à la clôture' }) })
  .openapi('VisitReopened')

export const agendaSchema = z
  .object({
    today: z.iso.date(),
    rows: z.array(
      z.object({
        uai: z.string(),
        name: z.string(),
        commune: z.string(),
        departement: z.string(),
        campaign: z.object({ id: z.uuid(), name: z.string(), endsOn: z.iso.date() }).nullable(),
        visitOn: z.iso.date().nullable(),
        visitedAt: instant.nullable(),
        visitId: z.uuid().nullable().openapi({ description: 'Visite déjà commencée, pas encore close' }),
        total: count,
        done: count,
        findings: count,
      }),
    ),
  })
  .openapi('VisitAgenda')

export type VisitInput = z.infer<typeof visitInput>
export type VisitChange = z.infer<typeof visitChange>
export type AnswersInput = z.infer<typeof answersInput>
export type AnswerInput = AnswersInput['answers'][number]
export type AnswersResult = z.infer<typeof answersSchema>
export type SettlementInput = z.infer<typeof settlementInput>
export type ReopeningInput = z.infer<typeof reopeningInput>
export type Visit = z.infer<typeof visitSchema>
export type VisitSummary = z.infer<typeof visitSummary>
export type Answer = z.infer<typeof answerSchema>
export type Agenda = z.infer<typeof agendaSchema>
