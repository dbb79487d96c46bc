import { z } from '@hono/zod-openapi'
import { PARTIES, isRequirementId } from '@vigie/rules'

const id = z.uuid({ error: 'identifiant de constat incorrect' })
const uai = z.string({ error: 'uai : attendu un UAI, par exemple 0990001N' }).trim().max(20)
const day = z.iso.date({ error: 'attendu : une date, par exemple 2026-12-18' })
const instant = z.iso.datetime()
const count = z.number().int()
const person = z.object({ id: z.uuid(), name: z.string() })
const words = (name: string, min: number, max: number) =>
  z
    .string({ error: `${name} : attendu un texte` })
    .trim()
    .min(min, { error: `${name} : au moins ${min} caractères, pour qu’un autre comprenne` })
    .max(max, { error: `${name} : au plus ${max} caractères` })
    .refine((text) => !text.includes('\u0000'), { error: `${name} : sans caractère nul` })
const requirement = z.string().refine(isRequirementId, {
  error: 'requirement : attendu un identifiant de CARINE, comme INF-PDT-8',
})
export const NATURES = ['I', 'D', 'A'] as const
export const NATURE_LABELS = { I: 'Information', D: 'Décision', A: 'Action' } as const
export const FINDING_STATES = ['open', 'done', 'dropped'] as const
export const FINDING_STATE_LABELS = { open: 'À faire', done: 'Fait', dropped: 'Sans suite' } as const
const nature = z.enum(NATURES, { error: 'nature : attendu I (information), D (décision) ou A (action)' })
const party = z.enum(PARTIES, { error: 'party : attendu etablissement, collectivite ou academie' })
const state = z.enum(FINDING_STATES, { error: 'state : attendu open, done ou dropped' })
const proofIds = z
  .array(z.uuid({ error: 'proofIds : attendu des identifiants de preuves' }))
  .max(10, { error: 'proofIds : au plus 10 pièces' })

export const findingParams = z.object({ id })
export const etablissementParams = z.object({ uai })

export const findingInput = z
  .object({
    id: id.optional().openapi({ description: 'Fait par la tablette : envoyé deux fois, il compte une fois' }),
    requirement: requirement.nullable().default(null),
    visitId: z.uuid({ error: 'visitId : attendu l’identifiant d’une visite' }).nullable().default(null),
    nature,
    description: words('description', 5, 4_000),
    party: party.optional().openapi({ description: 'Absent : d’après la table de partage' }),
    dueOn: day.nullable().default(null),
    proofIds: proofIds.default([]),
  })
  .openapi('FindingInput')
export const findingChange = z
  .object({
    nature: nature.optional(),
    description: words('description', 5, 4_000).optional(),
    party: party.optional(),
    dueOn: day.nullable().optional(),
    state: state.optional(),
    comment: words('comment', 3, 4_000).nullable().optional(),
  })
  .openapi('FindingChange')
export const findingProofsInput = z.object({ proofIds: proofIds.min(1) }).openapi('FindingProofs')

export const findingSchema = z
  .object({
    id: z.uuid(),
    uai: z.string(),
    etablissementName: z.string(),
    commune: z.string(),
    requirement: z.string().nullable(),
    campaign: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    visitId: z.uuid().nullable(),
    nature: z.enum(NATURES),
    natureLabel: z.string(),
    description: z.string(),
    party: z.enum(PARTIES),
    dueOn: z.iso.date().nullable(),
    late: z.boolean(),
    state: z.enum(FINDING_STATES),
    stateLabel: z.string(),
    comment: z.string().nullable(),
    createdAt: instant,
    createdBy: person,
    settledAt: instant.nullable(),
    settledBy: person.nullable(),
    proofs: z.array(z.object({ id: z.uuid(), fileName: z.string(), mediaType: z.string() })),
  })
  .openapi('Finding')

export const findingsQuery = z.object({
  state: state.optional(),
  party: party.optional(),
  campaign: z.uuid({ error: 'campaign : attendu l’identifiant d’une campagne' }).optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
})
export const findingsSchema = z
  .object({
    total: count,
    page: count,
    pageSize: count,
    states: z.array(z.object({ code: z.string(), label: z.string(), count })),
    rows: z.array(findingSchema),
  })
  .openapi('Findings')

export type FindingInput = z.infer<typeof findingInput>
export type FindingChange = z.infer<typeof findingChange>
export type Finding = z.infer<typeof findingSchema>
export type FindingsQuery = z.infer<typeof findingsQuery>
export type Findings = z.infer<typeof findingsSchema>
