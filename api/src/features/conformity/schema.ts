import { z } from '@hono/zod-openapi'
import { SERVICE_IDS } from '@vigie/rules'

export const VERDICTS = ['compliant', 'partial', 'non_compliant', 'not_applicable', 'unknown'] as const
export const STATUSES = [...VERDICTS, 'contradiction'] as const
export const LEVELS = ['E', 'R', 'F'] as const

export const verdictSchema = z.enum(VERDICTS)
export const statusSchema = z.enum(STATUSES)
export const levelSchema = z.enum(LEVELS)
export const serviceIdSchema = z.enum(SERVICE_IDS)
export const unknownReasonSchema = z.enum(['never_observed', 'stale', 'collector_failed'])
export const partySchema = z.enum(['etablissement', 'collectivite', 'academie'])
export const basisSchema = z.enum([
  'observed',
  'declared',
  'confirmed',
  'contradiction',
  'arbitrated',
  'none',
])

export const shareSchema = z
  .object({ numerator: z.number(), denominator: z.number(), rate: z.number() })
  .openapi('Share', { description: 'Toujours montrée avec son numérateur et son dénominateur.' })

/** Null wherever the denominator is empty: « pas de donnée ». */
export const scoreSchema = z
  .object({
    exige: shareSchema.nullable(),
    recommande: shareSchema.nullable(),
    coverage: shareSchema.nullable(),
    index: z.number().nullable(),
  })
  .openapi('Score')

export const figureSchema = z.object({
  label: z.string(),
  value: z.union([z.number(), z.boolean(), z.string()]),
  of: z.number().optional(),
  unit: z.string().optional(),
})

export const contactSchema = z.object({
  party: partySchema,
  /** « vous », « la collectivité », « l’académie » */
  label: z.string(),
  /** « Collège des Essais », « Commune de … », « Académie de … » */
  name: z.string(),
})

export const bulletinSchema = z
  .object({
    uai: z.string(),
    schoolYearStart: z.string(),
    /** Exigé share on that day and now; null before the first evaluation. */
    trend: z.object({ from: scoreSchema.nullable(), to: scoreSchema.nullable() }),
    services: z.array(
      z.object({
        service: serviceIdSchema,
        name: z.string(),
        family: z.enum(['INF', 'MCO', 'UTI']),
        summary: z.string(),
        appreciation: z.string(),
        share: shareSchema.nullable(),
        status: statusSchema,
        /** Requirements that became compliant, and that ceased to be, since the school year began. */
        trend: z.object({
          direction: z.enum(['up', 'down', 'steady']),
          gained: z.number().int(),
          lost: z.number().int(),
        }),
        actors: z.array(z.string()),
      }),
    ),
    priorities: z.array(
      z.object({
        requirement: z.string(),
        service: serviceIdSchema,
        statement: z.string(),
        why: z.string(),
        what: z.string(),
        whom: contactSchema,
        level: levelSchema,
        status: statusSchema,
        reason: z.string(),
      }),
    ),
    unknowns: z.array(
      z.object({
        requirement: z.string(),
        service: serviceIdSchema,
        statement: z.string(),
        level: levelSchema,
        automatic: z.boolean(),
        unknownReason: unknownReasonSchema,
        reason: z.string(),
        since: z.string().nullable(),
        party: partySchema,
        partyLabel: z.string(),
      }),
    ),
    contacts: z.array(contactSchema),
    evaluatedAt: z.string().nullable(),
  })
  .openapi('Bulletin')

export const requirementRowSchema = z
  .object({
    id: z.string(),
    service: serviceIdSchema,
    function: z.string(),
    statement: z.string(),
    level: levelSchema,
    automatic: z.boolean(),
    verdict: verdictSchema,
    unknownReason: unknownReasonSchema.nullable(),
    status: statusSchema,
    basis: basisSchema,
    reason: z.string(),
    figures: z.array(figureSchema),
    staleAt: z.string().nullable(),
    since: z.string().nullable(),
    party: partySchema,
    partyLabel: z.string(),
    derogatedUntil: z.string().nullable(),
  })
  .openapi('RequirementRow')

export const requirementsQuery = z.object({
  service: serviceIdSchema.optional(),
  level: levelSchema.optional(),
  status: statusSchema.optional(),
  automatic: z.enum(['true', 'false']).optional(),
  q: z.string().trim().max(100).optional(),
})

export const requirementsSchema = z
  .object({ total: z.number().int(), rows: z.array(requirementRowSchema) })
  .openapi('RequirementRows')

export type RequirementsQuery = z.infer<typeof requirementsQuery>
export type Bulletin = z.infer<typeof bulletinSchema>
export type RequirementRow = z.infer<typeof requirementRowSchema>
export type RequirementRows = z.infer<typeof requirementsSchema>
export type Contact = z.infer<typeof contactSchema>
