import { z } from '@hono/zod-openapi'
import { KEY_STATES } from '@vigie/rules'
import { codeSchema, refusedLineSchema, serialSchema, words } from '../keys/schema.ts'

const day = z.iso.date()
const instant = z.iso.datetime()
const count = z.number().int()
const keysPerShipment = 5_000

/** A field of a form that was left empty was not given. */
const unlessEmpty = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())

export const importForm = z
  .object({
    file: z
      .custom<File>((value) => value instanceof File, { error: 'Joignez le fichier de clés.' })
      .openapi({ type: 'string', format: 'binary', description: 'PSKC (RFC 6030) ou CSV, au plus 32 Mio' }),
    academie: codeSchema.openapi({ description: 'Code de l’académie, par exemple 11' }),
    departement: unlessEmpty(codeSchema).openapi({
      description: 'Département qui reçoit les clés ; sans lui, elles entrent au stock de l’académie',
    }),
    password: unlessEmpty(
      z
        .string({ error: 'Mot de passe : attendu un texte' })
        .max(1_000, 'Mot de passe : au plus 1 000 caractères.'),
    ),
    preSharedKey: unlessEmpty(
      z
        .string()
        .transform((text) => text.replaceAll(/[\s:]/g, ''))
        .pipe(
          z
            .string()
            .regex(
              /^(?:[0-9a-f]{32}|[0-9a-f]{48}|[0-9a-f]{64})$/i,
              'Clé prépartagée : attendu 32, 48 ou 64 chiffres hexadécimaux.',
            ),
        ),
    ),
  })
  .openapi('KeyImportForm')

export const importSchema = z
  .object({
    id: z.uuid(),
    academie: z.string(),
    format: z.enum(['pskc', 'csv']),
    fileName: z.string(),
    sha256: z.string(),
    importedAt: instant,
    importedBy: z.string().openapi({ description: 'Nom de la personne, ou « Vigie »' }),
    keys: count.openapi({ description: 'Clés lues dans le fichier, refusées comprises' }),
    created: count,
    unchanged: count,
    refused: count,
    refusals: z.array(refusedLineSchema).openapi({ description: 'Les mille premières lignes refusées' }),
  })
  .openapi('KeyImport')
export const importListSchema = z.object({ rows: z.array(importSchema) }).openapi('KeyImportList')

const stateCounts = z.array(z.object({ state: z.enum(KEY_STATES), label: z.string(), count }))

const holdings = {
  counts: stateCounts,
  total: count,
  available: count.openapi({ description: 'En stock, arrivées et pas en fin de vie' }),
  inTransit: count.openapi({ description: 'Expédiées, pas encore reçues' }),
  expiring: z.object({ months3: count, months12: count }),
  ended: count.openapi({ description: 'En fin de vie et pas encore sorties du parc' }),
  valueCents: count.openapi({ description: 'Prix d’achat des clés en stock' }),
}

export const stockQuery = z.object({ academie: codeSchema.optional() })
export const stockSchema = z
  .object({
    academie: z.object({ code: z.string(), name: z.string() }),
    unitPriceCents: count.openapi({ description: 'Prix unitaire par défaut, TTC, en centimes' }),
    departements: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        ...holdings,
        minimum: count.nullable(),
        alert: z.boolean().openapi({ description: 'Moins de clés disponibles que le seuil' }),
      }),
    ),
    /** Keys of the académie's own stock; null for who sees some départements only. */
    unassigned: z.object(holdings).nullable(),
    valueCents: count.openapi({ description: 'Prix d’achat des clés en stock' }),
    spentCents: count.openapi({ description: 'Prix d’achat de toutes les clés enregistrées' }),
    overdue: z.object({ toReplace: count, costCents: count }).openapi({
      description: 'Clés dont la fin de vie est tombée une année passée et qui sont encore au parc',
    }),
    forecast: z.array(z.object({ year: count, toReplace: count, costCents: count })),
  })
  .openapi('KeyStock')

export const thresholdParams = z.object({ departement: codeSchema })
export const thresholdInput = z
  .object({
    minimum: z
      .number({ error: 'minimum : attendu un nombre' })
      .int({ error: 'minimum : attendu un nombre entier' })
      .min(0, 'minimum : au moins 0')
      .max(100_000, 'minimum : au plus 100 000'),
  })
  .openapi('StockThreshold')
export const thresholdSchema = z
  .object({ departement: z.string(), minimum: count })
  .openapi('StockThresholdSet')

export const shipmentInput = z
  .object({
    departement: codeSchema,
    serials: z
      .array(serialSchema)
      .min(1, 'Choisissez au moins une clé.')
      .max(keysPerShipment, `Au plus ${keysPerShipment.toLocaleString('fr-FR')} clés par expédition.`)
      .optional(),
    count: z
      .number({ error: 'count : attendu un nombre' })
      .int()
      .min(1, 'Expédiez au moins une clé.')
      .max(keysPerShipment, `Au plus ${keysPerShipment.toLocaleString('fr-FR')} clés par expédition.`)
      .optional(),
    comment: words('Commentaire', 0, 500).optional(),
  })
  .refine((input) => (input.serials === undefined) !== (input.count === undefined), {
    path: ['count'],
    error: 'Donnez soit un nombre de clés, soit leurs numéros de série.',
  })
  .openapi('KeyShipmentRequest')

export const shipmentParams = z.object({ id: z.uuid('Numéro d’expédition incorrect.') })
export const shipmentQuery = z.object({
  departement: codeSchema.optional(),
  pending: z
    .enum(['true', 'false'])
    .optional()
    .openapi({ description: 'true : seulement celles à recevoir' }),
})
export const shipmentSchema = z
  .object({
    id: z.uuid(),
    academie: z.string(),
    departement: z.string(),
    departementName: z.string(),
    sentAt: instant,
    sentBy: z.string().nullable(),
    receivedAt: instant.nullable(),
    receivedBy: z.string().nullable(),
    comment: z.string().nullable(),
    keys: count,
    bordereauId: z.uuid().nullable(),
    number: z.string().nullable().openapi({ description: 'Numéro du bordereau récapitulatif' }),
  })
  .openapi('KeyShipment')
export const shipmentListSchema = z.object({ rows: z.array(shipmentSchema) }).openapi('KeyShipmentList')
export const shipmentFileSchema = shipmentSchema
  .extend({
    items: z.array(z.object({ serial: z.string(), model: z.string().nullable(), expiresOn: day.nullable() })),
  })
  .openapi('KeyShipmentFile')

export type ImportReport = z.infer<typeof importSchema>
export type Stock = z.infer<typeof stockSchema>
export type ShipmentInput = z.infer<typeof shipmentInput>
export type Shipment = z.infer<typeof shipmentSchema>
export type ShipmentFile = z.infer<typeof shipmentFileSchema>
export type ShipmentQuery = z.infer<typeof shipmentQuery>
