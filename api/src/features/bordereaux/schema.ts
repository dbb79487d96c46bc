import { z } from '@hono/zod-openapi'
import { BORDEREAU_KINDS } from './content.ts'

const kind = z.enum(BORDEREAU_KINDS)
const id = z.uuid({ error: 'identifiant de bordereau incorrect' })
const day = z.iso.date({ error: 'attendu : une date, par exemple 2026-09-01' })

export const bordereauParams = z.object({ id })
export const scanParams = z.object({ id, scanId: z.uuid({ error: 'identifiant de scan incorrect' }) })

export const listQuery = z.object({
  q: z.string().trim().max(60).optional().openapi({ description: 'Une partie du numéro du bordereau' }),
  kind: kind.optional(),
  departement: z.string().trim().max(3).optional(),
  holder: z.uuid({ error: 'identifiant de porteur incorrect' }).optional(),
  key: z.string().trim().max(60).optional().openapi({ description: 'Numéro de série d’une clé' }),
  signed: z.enum(['true', 'false']).optional(),
  unsignedForDays: z.coerce.number().int().min(0).max(3_650).optional().openapi({
    description: 'Bordereaux sans scan signé depuis au moins tant de jours, les plus anciens d’abord',
  }),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
})

const summary = z.object({
  id: z.uuid(),
  number: z.string(),
  kind,
  kindLabel: z.string(),
  academie: z.string(),
  departement: z.string().nullable(),
  departementName: z.string().nullable(),
  circonscription: z.string().nullable(),
  uai: z.string().nullable(),
  holder: z.object({ id: z.uuid(), displayName: z.string() }).nullable(),
  keys: z.number().int(),
  createdAt: z.iso.datetime(),
  createdBy: z.string().openapi({ description: 'Nom de la personne qui l’a établi' }),
  signed: z.boolean().openapi({ description: 'Au moins un scan signé est joint' }),
  signedOn: z.iso.date().nullable(),
  waitingDays: z
    .number()
    .int()
    .nullable()
    .openapi({ description: 'Jours sans scan signé ; null une fois signé' }),
})
export const bordereauSummarySchema = summary.openapi('BordereauSummary')

export const scanSchema = z
  .object({
    id: z.uuid(),
    fileName: z.string(),
    mediaType: z.enum(['application/pdf', 'image/png', 'image/jpeg']),
    bytes: z.number().int(),
    sha256: z.string(),
    signedOn: z.iso.date().nullable(),
    uploadedAt: z.iso.datetime(),
    uploadedBy: z.string(),
  })
  .openapi('BordereauScan')

export const bordereauSchema = summary
  .extend({
    sha256: z.string().openapi({ description: 'Empreinte du PDF archivé' }),
    keySerials: z.array(z.string()),
    scans: z.array(scanSchema),
  })
  .openapi('Bordereau')

export const bordereauListSchema = z
  .object({
    total: z.number().int(),
    page: z.number().int(),
    pageSize: z.number().int(),
    rows: z.array(bordereauSummarySchema),
  })
  .openapi('BordereauList')

/** The verb checks each part: a stranger is refused before his file is judged. */
export const scanForm = z
  .object({
    file: z.unknown().openapi({ type: 'string', format: 'binary' }),
    signedOn: z.unknown().openapi({ type: 'string', format: 'date' }),
  })
  .partial()

export const signedOnSchema = z
  .literal('')
  .transform(() => null)
  .or(day)
  .nullish()

export type ListQuery = z.infer<typeof listQuery>
export type BordereauSummary = z.infer<typeof bordereauSummarySchema>
export type Bordereau = z.infer<typeof bordereauSchema>
export type BordereauList = z.infer<typeof bordereauListSchema>
export type Scan = z.infer<typeof scanSchema>
