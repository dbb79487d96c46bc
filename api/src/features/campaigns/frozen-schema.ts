import { z } from '@hono/zod-openapi'
import { MOVES } from '@vigie/rules'
import { shareSchema, statusSchema, verdictSchema } from '../conformity/schema.ts'
import { frozenSchema, PHASES } from './schema.ts'

const count = z.number().int()
const instant = z.iso.datetime()

export const snapshotQuery = z.object({
  q: z.string().max(200).optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
})
export const snapshotSchema = frozenSchema
  .extend({
    total: count,
    page: count,
    pageSize: count,
    rows: z.array(
      z.object({
        uai: z.string(),
        name: z.string(),
        commune: z.string(),
        exige: shareSchema.nullable(),
        coverage: shareSchema.nullable(),
        statuses: z.record(
          z.string(),
          z.object({ status: statusSchema, counted: verdictSchema, basis: z.string() }),
        ),
      }),
    ),
  })
  .openapi('CampaignSnapshot')

const sideText = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:(opening|closing)$/, {
  error: 'attendu : l’identifiant d’une campagne et sa photographie, comme 00000000-…:opening',
})
export const comparisonQuery = z.object({
  left: sideText,
  right: sideText,
  departement: z.string().trim().max(3).optional(),
  move: z.enum(MOVES).optional().openapi({ description: 'Établissements où il y en a au moins un' }),
  q: z.string().max(200).optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
})
const moves = z.record(z.enum(MOVES), count)
const compared = z.object({ moves, left: shareSchema.nullable(), right: shareSchema.nullable() })
const side = z.object({
  campaign: z.object({ id: z.uuid(), name: z.string() }),
  phase: z.enum(PHASES),
  frozenAt: instant,
  etablissements: count,
  requirements: count,
})
export const comparisonSchema = z
  .object({
    left: side,
    right: side,
    common: z.object({ etablissements: count, requirements: count }),
    all: compared,
    requirements: z.array(
      compared.extend({ requirement: z.string(), service: z.string(), statement: z.string() }),
    ),
    etablissements: z.object({
      total: count,
      page: count,
      pageSize: count,
      rows: z.array(compared.extend({ uai: z.string(), name: z.string(), commune: z.string() })),
    }),
  })
  .openapi('CampaignComparison')

export type SnapshotQuery = z.infer<typeof snapshotQuery>
export type Snapshot = z.infer<typeof snapshotSchema>
export type ComparisonQuery = z.infer<typeof comparisonQuery>
export type Comparison = z.infer<typeof comparisonSchema>
