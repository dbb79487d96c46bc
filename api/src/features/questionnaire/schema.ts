import { z } from '@hono/zod-openapi'
import { proofIds } from '../declarations/schema.ts'
import { uai, verdict } from '../declarations/fields.ts'
import { proofSchema } from '../proofs/schema.ts'

export { etablissementParams, requirementParams } from '../declarations/fields.ts'

export const REPLIES = [
  'compliant',
  'partial',
  'non_compliant',
  'not_applicable',
  'do_not_know',
  'later',
] as const

const reply = z.enum(REPLIES, {
  error: 'reply : attendu compliant, partial, non_compliant, not_applicable, do_not_know ou later',
})
const status = z.enum(['compliant', 'partial', 'non_compliant', 'not_applicable', 'unknown', 'contradiction'])

export const startInput = z
  .object({
    withOptional: z
      .boolean({ error: 'withOptional : attendu true ou false' })
      .optional()
      .openapi({ description: 'Poser aussi les questions facultatives' }),
  })
  .openapi('QuestionnaireStart')

export const replyInput = z
  .object({
    reply,
    comment: z
      .string({ error: 'comment : attendu un texte' })
      .trim()
      .max(4_000, { error: 'comment : au plus 4 000 caractères' })
      .refine((text) => !text.includes('\u0000'), { error: 'comment : sans caractère nul' })
      .optional(),
    proofIds: proofIds.optional(),
  })
  .openapi('QuestionnaireReplyInput')

const askedSchema = z.object({
  requirement: z.string(),
  question: z.string(),
})

const declaredSchema = z.object({
  verdict,
  comment: z.string(),
  declaredAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
})

const stepSchema = askedSchema.extend({
  help: z.string(),
  proof: z.string().openapi({ description: 'Ce qui vaut preuve' }),
  statement: z.string(),
  theme: z.object({ id: z.string(), title: z.string() }),
  level: z.enum(['E', 'R', 'F']),
  kind: z.enum(['ask', 'confirm']).openapi({
    description: 'confirm : une déclaration tient encore, est-elle toujours vraie ?',
  }),
  minutes: z.number(),
  knows: z.string().openapi({ description: 'Qui le sait, en français' }),
  reply: z
    .object({ reply, comment: z.string(), repliedAt: z.iso.datetime() })
    .nullable()
    .openapi({ description: 'Ce qui a été répondu dans cette série' }),
  declared: declaredSchema.nullable().openapi({ description: 'La déclaration qui compte' }),
})

const summarySchema = z.object({
  declared: z.array(
    askedSchema.extend({
      reply,
      before: status.openapi({ description: 'Statut quand la série a commencé' }),
      now: status,
    }),
  ),
  contradictions: z.array(askedSchema.extend({ reply, observed: z.string() })),
  toAsk: z.array(
    z.object({ knows: z.string(), questions: z.array(askedSchema.extend({ comment: z.string() })) }),
  ),
  later: z.array(askedSchema),
})

export const questionnaireSchema = z
  .object({
    uai,
    run: z
      .object({
        id: z.uuid(),
        startedAt: z.iso.datetime(),
        startedBy: z.string(),
        closedAt: z.iso.datetime().nullable(),
        withOptional: z.boolean(),
      })
      .nullable()
      .openapi({ description: 'La série en cours, sinon la dernière' }),
    steps: z.array(stepSchema).openapi({
      description: 'Les questions de la série en cours, sinon celles d’une série qui commencerait maintenant',
    }),
    replied: z
      .number()
      .int()
      .openapi({ description: 'Questions qui ont reçu une réponse, « plus tard » exclu' }),
    minutes: z.number(),
    minutesLeft: z.number(),
    next: z.string().nullable().openapi({ description: 'Question à laquelle reprendre' }),
    postponed: z.number().int().openapi({ description: 'Questions gardées pour une autre série' }),
    optional: z.number().int().openapi({ description: 'Questions facultatives sans réponse' }),
    recent: z.array(askedSchema).openapi({ description: 'Déclarées depuis moins de six mois' }),
    settled: z.number().int().openapi({ description: 'Exigences qu’un outil observe, ou tranchées' }),
    summary: summarySchema.nullable(),
  })
  .openapi('Questionnaire')

export const questionSchema = stepSchema
  .extend({
    proofs: z.array(proofSchema),
    position: z.number().int().nullable().openapi({ description: 'Rang dans la série, dès 1' }),
    total: z.number().int(),
    replied: z.number().int(),
    minutesLeft: z.number(),
    previous: z.string().nullable(),
    next: z.string().nullable(),
    runOpen: z.boolean(),
  })
  .openapi('QuestionnaireQuestion')

export const replyAnswerSchema = z
  .object({
    requirement: z.string(),
    reply,
    status,
    next: z
      .string()
      .nullable()
      .openapi({ description: 'La question suivante ; null quand la série est faite' }),
  })
  .openapi('QuestionnaireReply')

export type StartInput = z.infer<typeof startInput>
export type ReplyInput = z.infer<typeof replyInput>
export type Questionnaire = z.infer<typeof questionnaireSchema>
export type Question = z.infer<typeof questionSchema>
export type Step = z.infer<typeof stepSchema>
export type Summary = z.infer<typeof summarySchema>
export type ReplyAnswer = z.infer<typeof replyAnswerSchema>
