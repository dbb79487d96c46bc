import { z } from '@hono/zod-openapi'
import { CAMPAIGN_ACTIONS, CAMPAIGN_STATES, SERVICE_IDS, isRequirementId } from '@vigie/rules'
import { PERIMETER_KINDS } from '../../access/roles.ts'
import { shareSchema } from '../conformity/schema.ts'

const words = (name: string, min: number, max: number) =>
  z
    .string({ error: `${name} : attendu un texte` })
    .trim()
    .min(min, { error: `${name} : au moins ${min} caractères` })
    .max(max, { error: `${name} : au plus ${max} caractères` })
    .refine((text) => !text.includes('\u0000'), { error: `${name} : sans caractère nul` })
const day = z.iso.date({ error: 'attendu : une date, par exemple 2026-12-18' })
const instant = z.iso.datetime()
const count = z.number().int()
const id = z.uuid({ error: 'identifiant de campagne incorrect' })
const uai = z.string({ error: 'uai : attendu un UAI, par exemple 0990001N' }).trim().max(20)
const account = z.uuid({ error: 'officer : attendu l’identifiant d’un compte' })
const requirement = z.string().refine(isRequirementId, {
  error: 'requirements : attendu des identifiants de CARINE, comme INF-PDT-8',
})
export const PHASES = ['opening', 'closing'] as const
const person = z.object({ id: z.uuid(), name: z.string() })

export const campaignParams = z.object({ id })
export const etablissementParams = z.object({ uai })
export const assignedParams = z.object({ id, uai })
export const snapshotParams = z.object({ id, phase: z.enum(PHASES) })

const perimeter = z.object(
  {
    kind: z.enum(PERIMETER_KINDS, { error: 'kind : attendu academie, departement, circonscription…' }),
    code: words('code', 1, 40),
  },
  { error: 'perimeter : attendu une nature et un code' },
)
/** Kinds of perimeter that are chosen from a list; a single establishment is searched. */
export const CHOSEN_KINDS = ['academie', 'departement', 'circonscription', 'bassin', 'collectivite'] as const
const chosen = {
  perimeter: perimeter.optional(),
  degree: z.enum(['d1', 'd2'], { error: 'degree : attendu d1, d2 ou rien' }).nullable().optional(),
  services: z
    .array(z.enum(SERVICE_IDS, { error: 'services : attendu des services de CARINE, comme INF-SEC' }))
    .max(SERVICE_IDS.length)
    .optional(),
  requirements: z.array(requirement).max(200).optional(),
}
export const campaignInput = z
  .object({
    name: words('name', 3, 120),
    purpose: words('purpose', 10, 2_000),
    startsOn: day,
    endsOn: day,
    ...chosen,
    basedOn: id.optional().openapi({
      description: 'Campagne dont reprendre le périmètre, les exigences et les agents, jamais les réponses',
    }),
  })
  .openapi('CampaignInput')
export const campaignChange = z
  .object({
    name: words('name', 3, 120).optional(),
    purpose: words('purpose', 10, 2_000).optional(),
    startsOn: day.optional(),
    endsOn: day.optional(),
    ...chosen,
  })
  .openapi('CampaignChange')
export const closingInput = z
  .object({
    confirmed: z.literal(true, {
      error: 'confirmed : confirmez la clôture, ses chiffres ne bougeront plus',
    }),
  })
  .openapi('CampaignClosing')

const campaignPerimeter = z.object({
  kind: z.enum(CHOSEN_KINDS),
  code: z.string(),
  label: z.string(),
  etablissements: count,
})
export const perimetersSchema = z.object({ rows: z.array(campaignPerimeter) }).openapi('CampaignPerimeters')

/** Counts over the establishments that the reader sees. */
const totals = z.object({
  etablissements: count,
  total: count,
  observed: count,
  answered: count,
  findings: count,
  complete: count.openapi({ description: 'Dont toutes les exigences ont une réponse' }),
  untouched: count.openapi({ description: 'Qui n’ont encore rien répondu' }),
  assigned: count,
  planned: count.openapi({ description: 'Dont une visite est fixée ou faite' }),
  visited: count,
})

const summary = z.object({
  id: z.uuid(),
  name: z.string(),
  purpose: z.string(),
  academie: z.string(),
  perimeter: z.object({ kind: z.enum(PERIMETER_KINDS), code: z.string(), label: z.string() }),
  degree: z.enum(['d1', 'd2']).nullable(),
  startsOn: z.iso.date(),
  endsOn: z.iso.date(),
  state: z.enum(CAMPAIGN_STATES),
  stateLabel: z.string(),
  overdue: z.boolean().openapi({ description: 'La date de fin est passée, et personne ne l’a encore close' }),
  openedAt: instant.nullable(),
  closedAt: instant.nullable(),
  requirements: count,
  totals,
})
export const campaignsSchema = z.object({ rows: z.array(summary.openapi('CampaignSummary')) })
export const campaignsQuery = z.object({ state: z.enum(CAMPAIGN_STATES).optional() })

export const frozenSchema = z.object({
  phase: z.enum(PHASES),
  frozenAt: instant,
  etablissements: count,
  exige: shareSchema.nullable(),
  recommande: shareSchema.nullable(),
  coverage: shareSchema.nullable(),
})
export const campaignSchema = summary
  .extend({
    createdAt: instant,
    createdBy: z.string(),
    basedOn: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    services: z.array(z.object({ id: z.string(), name: z.string(), requirements: z.array(z.string()) })),
    preview: z
      .object({ etablissements: count, requirements: count, officers: count })
      .nullable()
      .openapi({ description: 'Ce que l’ouverture prendrait aujourd’hui' }),
    actions: z.array(z.enum(CAMPAIGN_ACTIONS)),
    snapshots: z.array(frozenSchema),
  })
  .openapi('Campaign')

export const PROGRESS_STATES = [
  'untouched',
  'under_way',
  'complete',
  'unassigned',
  'unplanned',
  'to_visit',
  'late',
  'visited',
] as const
export const PROGRESS_SORTS = ['name', 'progress', 'visit', 'findings'] as const
const narrowing = {
  departement: z.string().trim().max(3).optional(),
  officer: z
    .union([z.literal('none'), z.literal('me'), account])
    .optional()
    .openapi({ type: 'string', description: 'Un compte, `me`, ou `none` : personne' }),
  state: z.enum(PROGRESS_STATES).optional(),
  q: z.string().max(200).optional(),
}
export const progressQuery = z.object({
  ...narrowing,
  sort: z.enum(PROGRESS_SORTS).default('name'),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
})
const progressRow = z.object({
  uai: z.string(),
  name: z.string(),
  commune: z.string(),
  departement: z.string(),
  officer: person.nullable(),
  visitOn: z.iso.date().nullable(),
  visitedAt: instant.nullable(),
  total: count,
  observed: count,
  answered: count,
  findings: count,
})
export const progressSchema = z
  .object({
    total: count,
    page: count,
    pageSize: count,
    totals,
    departements: z.array(z.object({ code: z.string(), label: z.string(), count })),
    rows: z.array(progressRow),
  })
  .openapi('CampaignProgress')

const grouped = totals.pick({
  etablissements: true,
  total: true,
  observed: true,
  answered: true,
})
export const officerProgressSchema = z
  .object({
    rows: z.array(totals.extend({ officer: person.nullable() })),
  })
  .openapi('CampaignOfficersProgress')
export const serviceProgressSchema = z
  .object({ rows: z.array(grouped.extend({ service: z.string(), name: z.string() })) })
  .openapi('CampaignServicesProgress')
export const serviceProgressQuery = z.object({ departement: z.string().trim().max(3).optional() })

const assignment = {
  officer: account.nullable().optional().openapi({ description: 'Absent : inchangé ; null : personne' }),
  visitOn: day.nullable().optional(),
}
export const assignmentInput = z.object(assignment).openapi('CampaignAssignment')
export const assignmentsInput = z
  .object({
    ...assignment,
    uais: z.array(uai).max(5_000).optional(),
    filter: z.object(narrowing).optional().openapi({ description: 'Toutes les lignes de ce filtre' }),
  })
  .openapi('CampaignAssignments')
export const assignedSchema = z.object({ etablissements: count })
export const officersSchema = z.object({
  rows: z.array(
    z.object({ id: z.uuid(), name: z.string(), roleLabel: z.string(), perimeterLabel: z.string() }),
  ),
})

export const ownCampaignsSchema = z.object({
  rows: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      purpose: z.string(),
      state: z.enum(CAMPAIGN_STATES),
      endsOn: z.iso.date(),
      overdue: z.boolean(),
      officer: person.nullable(),
      visitOn: z.iso.date().nullable(),
      visitedAt: instant.nullable(),
      total: count,
      observed: count,
      answered: count,
      findings: count,
    }),
  ),
})

export type CampaignInput = z.infer<typeof campaignInput>
export type CampaignChange = z.infer<typeof campaignChange>
export type CampaignPerimeter = z.infer<typeof campaignPerimeter>
export type Campaign = z.infer<typeof campaignSchema>
export type CampaignSummary = z.infer<typeof summary>
export type Totals = z.infer<typeof totals>
export type ProgressQuery = z.infer<typeof progressQuery>
export type Narrowing = Pick<ProgressQuery, 'departement' | 'officer' | 'state' | 'q'>
export type Progress = z.infer<typeof progressSchema>
export type AssignmentInput = z.infer<typeof assignmentInput>
export type AssignmentsInput = z.infer<typeof assignmentsInput>
export type Phase = (typeof PHASES)[number]
