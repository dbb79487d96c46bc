import { z } from '@hono/zod-openapi'
import {
  bordereauRefSchema,
  codeSchema,
  credentialSchema,
  functionSchema,
  historySchema,
  keySummarySchema,
  refusedLineSchema,
  words,
} from '../keys/schema.ts'

const instant = z.iso.datetime()

const login = words('Identifiant', 1, 120)
const displayName = words('Nom', 2, 120)
const communeCode = z
  .string()
  .trim()
  .regex(/^[0-9][0-9ABab][0-9]{3}$/, 'Code INSEE : cinq caractères, comme 34172.')
const mail = z.email('Adresse électronique incorrecte.').max(254)
const callBackNumber = z
  .string()
  .trim()
  .regex(/^\+?[0-9][0-9 .-]{5,24}$/, 'Téléphone : des chiffres, comme 01 99 00 00 00.')

const place = {
  uai: codeSchema.optional(),
  circonscription: codeSchema.optional(),
  departement: codeSchema.optional(),
}

export const newHolderSchema = z
  .object({
    function: functionSchema,
    login: login.optional(),
    displayName: displayName.optional(),
    ...place,
    communeCode: communeCode.optional(),
    orderNumber: z.number().int().min(1).max(99).optional(),
    mail: mail.optional(),
    callBackNumber: callBackNumber.optional(),
    company: words('Société', 1, 120).optional(),
  })
  .openapi('NewHolder')

/** What is absent stays as it is; `null` clears. */
export const holderChangeSchema = z
  .object({
    function: functionSchema.optional(),
    displayName: displayName.optional(),
    ...place,
    mail: mail.nullable().optional(),
    callBackNumber: callBackNumber.nullable().optional(),
    company: words('Société', 1, 120).nullable().optional(),
    /** True when the person leaves for good, false to correct a mistake. */
    departed: z.boolean().optional(),
  })
  .openapi('HolderChange')

export const holderSummarySchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(['nominative', 'mairie']),
    login: z.string(),
    displayName: z.string(),
    function: functionSchema,
    functionLabel: z.string(),
    academie: z.string(),
    departement: z.string().nullable(),
    departementName: z.string().nullable(),
    circonscription: z.string().nullable(),
    uai: z.string().nullable(),
    /** School, commune or service, as one says it; null when nothing names it. */
    place: z.string().nullable(),
    departed: z.boolean(),
    /** The key meant for this person now. */
    key: keySummarySchema.omit({ holder: true }).nullable(),
  })
  .openapi('HolderSummary')

export const holderQuery = z.object({
  q: words('q', 0, 100).optional().openapi({ description: 'Mots du nom ou de l’identifiant' }),
  function: functionSchema.optional(),
  departement: codeSchema.optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
})

export const holderListSchema = z
  .object({
    total: z.number().int(),
    page: z.number().int(),
    pageSize: z.number().int(),
    rows: z.array(holderSummarySchema),
  })
  .openapi('HolderList')

export const holderFileSchema = holderSummarySchema
  .extend({
    mail: z.string().nullable(),
    callBackNumber: z.string().nullable(),
    company: z.string().nullable(),
    communeCode: z.string().nullable(),
    orderNumber: z.number().int().nullable(),
    createdAt: instant,
    departedAt: instant.nullable(),
    /** True when an account is linked: the person sees this key in self-service. */
    linked: z.boolean(),
    credential: credentialSchema,
    /** Who hands keys over to this person, and who binds and revokes them. */
    superior: z.enum(['ien', 'chef_etablissement', 'diaser']),
    superiorLabel: z.string(),
    manager: z.enum(['osp', 'diaser']),
    managerLabel: z.string(),
    keys: z.array(keySummarySchema.omit({ holder: true })),
    history: z.array(historySchema),
    procedures: z.array(
      z.object({
        id: z.uuid(),
        kind: z.enum(['stand_in', 'return_of_holder', 'replacement', 'departure', 'first_appointment']),
        step: z.string(),
        openedAt: instant,
        dueOn: z.iso.date().nullable(),
        closedAt: instant.nullable(),
        outcome: z.enum(['done', 'cancelled']).nullable(),
      }),
    ),
    bordereaux: z.array(bordereauRefSchema),
  })
  .openapi('HolderFile')

export const holderExportSchema = z
  .object({ exportedAt: instant, holder: holderFileSchema })
  .openapi('HolderPersonalData')

export const holderImportSchema = z
  .object({
    rows: z.number().int(),
    created: z.number().int(),
    updated: z.number().int(),
    unchanged: z.number().int(),
    refused: z.number().int(),
    refusals: z.array(refusedLineSchema),
  })
  .openapi('HolderImportReport')

export const holderParams = z.object({ id: z.uuid('Fiche de porteur incorrecte.') })
export const createdHolderSchema = z.object({ id: z.uuid(), login: z.string() }).openapi('CreatedHolder')

export type HolderChange = z.infer<typeof holderChangeSchema>
export type HolderSummary = z.infer<typeof holderSummarySchema>
export type HolderQuery = z.infer<typeof holderQuery>
export type HolderFile = z.infer<typeof holderFileSchema>
export type HolderImportReport = z.infer<typeof holderImportSchema>
