import { z } from '@hono/zod-openapi'
import { SERVICE_IDS, isRequirementId } from '@vigie/rules'
import { scoreSchema, serviceIdSchema, shareSchema, statusSchema } from '../conformity/schema.ts'

export const ETABLISSEMENT_TYPES = [
  'ecole_maternelle',
  'ecole_elementaire',
  'ecole_primaire',
  'college',
  'lycee_general_technologique',
  'lycee_professionnel',
  'lycee_polyvalent',
  'erea',
] as const

const typeSchema = z.enum(ETABLISSEMENT_TYPES)
const degreeSchema = z.enum(['d1', 'd2'])
const code = z.string().trim().min(1).max(60)

/** Several values of one filter, separated by commas: `type=college,erea`. */
const listOf = <T extends z.ZodType<string, string>>(item: T) =>
  z
    .string()
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(item).max(50))

/** Filters that the overview and the list share; all of them hold together. Closed establishments never show. */
export const filtersSchema = z.object({
  q: z.string().trim().max(100).optional().openapi({ description: 'Mots du nom, de la commune ou de l’UAI' }),
  type: listOf(typeSchema).optional().openapi({ type: 'string', example: 'college,erea' }),
  degree: degreeSchema.optional(),
  departement: listOf(code).optional().openapi({ type: 'string', example: '034,030' }),
  collectivite: listOf(code).optional().openapi({ type: 'string', example: 'commune:34172' }),
  circonscription: code.optional(),
  bassin: code.optional(),
  status: statusSchema
    .optional()
    .openapi({ description: 'Au moins une exigence, du service ou celle demandée, a ce statut' }),
  freshness: z.enum(['fresh', 'stale', 'never', 'silent']).optional().openapi({
    description:
      'fresh : rien de périmé ni de muet ; stale : au moins une preuve périmée ; never : aucune preuve ; silent : un collecteur muet',
  }),
  service: serviceIdSchema.optional(),
  requirement: z
    .string()
    .refine(isRequirementId, 'Cette exigence n’existe pas dans le catalogue.')
    .optional(),
})

export const SORTS = ['name', 'commune', 'index', 'exige', 'coverage', ...SERVICE_IDS] as const

export const listQuery = filtersSchema.extend({
  sort: z.enum(SORTS).default('name'),
  direction: z.enum(['asc', 'desc']).default('asc'),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
})

const facet = z.array(z.object({ code: z.string(), label: z.string(), count: z.number().int() }))

export const listSchema = z
  .object({
    total: z.number().int(),
    page: z.number().int(),
    pageSize: z.number().int(),
    /** Counts under every filter but the facet's own; the 200 largest collectivités. */
    facets: z.object({ types: facet, degrees: facet, departements: facet, collectivites: facet }),
    rows: z.array(
      z.object({
        uai: z.string(),
        name: z.string(),
        type: typeSchema,
        typeLabel: z.string(),
        degree: degreeSchema,
        commune: z.string(),
        departement: z.string(),
        departementName: z.string(),
        pupils: z.number().int().nullable(),
        exige: shareSchema.nullable(),
        index: z.number().nullable(),
        coverage: shareSchema.nullable(),
        /** The 15 services, in order; `status` is the worst sign of the service. */
        services: z.array(
          z.object({ service: serviceIdSchema, share: shareSchema.nullable(), status: statusSchema }),
        ),
      }),
    ),
  })
  .openapi('EtablissementList')

export const uaiParam = z.object({
  uai: z
    .string()
    .transform((text) => text.trim().toUpperCase())
    .openapi({ param: { name: 'uai', in: 'path' }, example: '0990001A' }),
})

const named = z.object({ code: z.string(), name: z.string() })

export const etablissementSchema = z
  .object({
    uai: z.string(),
    name: z.string(),
    type: typeSchema,
    typeLabel: z.string(),
    degree: degreeSchema,
    degreeLabel: z.string(),
    sector: z.enum(['public', 'prive']),
    sectorLabel: z.string(),
    communeCode: z.string(),
    commune: z.string(),
    departement: named,
    academie: named,
    region: named,
    circonscription: named.nullable(),
    bassin: named.nullable(),
    collectivite: named,
    pupils: z.number().int().nullable(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    openedOn: z.string().nullable(),
    closedOn: z.string().nullable(),
    state: z.enum(['ouvert', 'ferme']),
    /** `name` is null when the mother is outside the caller's perimeter or unknown. */
    mother: z.object({ uai: z.string(), name: z.string().nullable() }).nullable(),
    timeZone: z.string(),
    score: scoreSchema.nullable(),
    byService: z.array(
      z.object({
        service: serviceIdSchema,
        name: z.string(),
        family: z.enum(['INF', 'MCO', 'UTI']),
        score: scoreSchema,
        status: statusSchema,
      }),
    ),
    /** Requirements by retained status: 163 in all; derogations are also counted under their status. */
    counts: z.object({
      compliant: z.number().int(),
      partial: z.number().int(),
      non_compliant: z.number().int(),
      not_applicable: z.number().int(),
      unknown: z.number().int(),
      contradiction: z.number().int(),
      derogated: z.number().int(),
      stale: z.number().int(),
    }),
    /** Null before the first evaluation. */
    lastEvaluatedAt: z.string().nullable(),
  })
  .openapi('Etablissement')

export type Filters = z.infer<typeof filtersSchema>
export type ListQuery = z.infer<typeof listQuery>
export type EtablissementList = z.infer<typeof listSchema>
export type EtablissementDetail = z.infer<typeof etablissementSchema>
