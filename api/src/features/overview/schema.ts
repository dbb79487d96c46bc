import { z } from '@hono/zod-openapi'
import { levelSchema, scoreSchema, serviceIdSchema, shareSchema, statusSchema } from '../conformity/schema.ts'
import { filtersSchema } from '../etablissements/schema.ts'

export const overviewQuery = filtersSchema.extend({
  since: z.iso
    .datetime({ offset: true })
    .optional()
    .openapi({ description: 'Début des changements ; par défaut la dernière visite, sinon 30 jours' }),
})

const where = { uai: z.string(), name: z.string() }

/** Lists of establishments are empty for a committee, which sees aggregates only; totals stay. */
export const overviewSchema = z
  .object({
    scope: z.object({
      label: z.string(),
      perimeters: z.array(z.object({ kind: z.string(), code: z.string(), label: z.string() })),
    }),
    /** False for a committee: no establishment is named. */
    named: z.boolean(),
    etablissements: z.number().int(),
    /** Establishments evaluated at least once: the others count in no score. */
    evaluated: z.number().int(),
    score: scoreSchema,
    trend: z.object({ since: z.string(), from: scoreSchema.nullable() }),
    byService: z.array(
      z.object({
        service: serviceIdSchema,
        name: z.string(),
        family: z.enum(['INF', 'MCO', 'UTI']),
        score: scoreSchema,
        status: statusSchema,
        nonCompliant: z.number().int(),
        unknown: z.number().int(),
        contradictions: z.number().int(),
      }),
    ),
    departements: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        etablissements: z.number().int(),
        score: scoreSchema,
        /** Ring of [longitude, latitude] around its establishments; null below three places. */
        outline: z.array(z.tuple([z.number(), z.number()])).nullable(),
      }),
    ),
    worstGaps: z.array(
      z.object({
        requirement: z.string(),
        statement: z.string(),
        service: serviceIdSchema,
        /** The most demanding level among the degrees concerned. */
        level: levelSchema,
        /** Applicable establishments per level. */
        levels: z.object({ E: z.number().int(), R: z.number().int(), F: z.number().int() }),
        nonCompliant: z.number().int(),
        unknown: z.number().int(),
        applicable: z.number().int(),
        /** Not compliant or without proof, over applicable. */
        share: shareSchema.nullable(),
      }),
    ),
    silentCollectors: z.object({
      total: z.number().int(),
      rows: z.array(
        z.object({
          ...where,
          collector: z.string(),
          lastSuccessAt: z.string().nullable(),
          lastFailureAt: z.string().nullable(),
          lastError: z.string().nullable(),
        }),
      ),
    }),
    contradictions: z.object({
      total: z.number().int(),
      rows: z.array(
        z.object({ ...where, requirement: z.string(), statement: z.string(), since: z.string() }),
      ),
    }),
    changes: z.object({
      since: z.string(),
      total: z.number().int(),
      rows: z.array(
        z.object({
          ...where,
          requirement: z.string(),
          statement: z.string(),
          from: statusSchema.nullable(),
          to: statusSchema,
          at: z.string(),
          reason: z.string(),
        }),
      ),
    }),
    stale: z.object({ etablissements: z.number().int(), requirements: z.number().int() }),
    /** Newest evaluation in the scope; null when nothing was evaluated. */
    evaluatedAt: z.string().nullable(),
  })
  .openapi('Overview')

export type OverviewQuery = z.infer<typeof overviewQuery>
export type Overview = z.infer<typeof overviewSchema>
