import { z } from '@hono/zod-openapi'
import { uaiParam } from '../etablissements/schema.ts'

const oneLine = (name: string, min: number, max: number) =>
  z
    .string({ error: `${name} : attendu un texte` })
    .trim()
    .min(min, { error: `${name} : au moins ${min} caractères` })
    .max(max, { error: `${name} : au plus ${max} caractères` })
    // eslint-disable-next-line no-control-regex -- control characters are exactly what is refused
    .refine((text) => !/[\u0000-\u001f\u007f]/.test(text), { error: `${name} : une seule ligne de texte` })

const label = oneLine('label', 2, 120)
const fingerprint = z
  .string({ error: 'fingerprint : attendu un texte' })
  .trim()
  .transform((text) => text.replaceAll(/[\s:]/g, '').toLowerCase())
  .refine((text) => /^[0-9a-f]{64}$/.test(text), {
    error: 'fingerprint : attendu l’empreinte SHA-256 du certificat, 64 chiffres hexadécimaux',
  })
const certificateName = oneLine('certificateName', 3, 253)
  .transform((text) => text.toLowerCase())
  .refine((text) => /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/.test(text), {
    error: 'certificateName : attendu le nom porté par le certificat, par exemple serveur.college.exemple.fr',
  })

const IDENTITY = {
  error: 'Dites comment reconnaître la machine : fingerprint ou certificateName, l’un des deux.',
  path: ['certificateName'],
}

export const newLogSourceSchema = z
  .strictObject({
    uai: z.string({ error: 'uai : attendu un texte' }),
    label,
    fingerprint: fingerprint.nullable().default(null),
    certificateName: certificateName.nullable().default(null),
  })
  .refine((source) => (source.fingerprint === null) !== (source.certificateName === null), IDENTITY)
  .openapi('NewLogSource')

export const logSourceChangeSchema = z
  .strictObject({
    label: label.optional(),
    fingerprint: fingerprint.optional(),
    certificateName: certificateName.optional(),
    enabled: z.boolean({ error: 'enabled : attendu true ou false' }).optional(),
  })
  .refine((change) => change.fingerprint === undefined || change.certificateName === undefined, IDENTITY)
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    error: 'Indiquez au moins un changement : label, fingerprint, certificateName ou enabled.',
  })
  .openapi('LogSourceChange')

export const logSourceParams = z.object({
  id: z.uuid({ error: 'id : attendu l’identifiant d’une source de journaux' }),
})
export const logSourcesQuery = z.object({
  uai: z.string().optional(),
  q: z.string().trim().max(100).optional().openapi({ description: 'Mots du nom de la source' }),
})
export { uaiParam }

const RECEPTIONS = ['receiving', 'silent', 'never', 'disabled'] as const
const RETENTIONS = ['within', 'since_service', 'too_short', 'too_long', 'unknown'] as const
const instant = z.iso.datetime()
const day = z.iso.date()

export const logSourceSchema = z
  .object({
    id: z.uuid(),
    uai: z.string(),
    etablissement: z.string(),
    label: z.string(),
    fingerprint: z.string().nullable(),
    certificateName: z.string().nullable(),
    /** Whether its messages arrive. */
    reception: z.enum(RECEPTIONS),
    lastMessageAt: instant.nullable(),
    /** What its own store holds, judged against the range of its académie. */
    retention: z.enum(RETENTIONS),
    retentionDays: z.number().nullable(),
    retentionSeenAt: instant.nullable(),
    createdAt: instant,
  })
  .openapi('LogSource')

export const logSourcesSchema = z
  .object({ rows: z.array(logSourceSchema), total: z.number().int(), canManage: z.boolean() })
  .openapi('LogSources')

export const retentionRangeSchema = z
  .object({
    academie: z.string(),
    shortestDays: z.number().int(),
    longestDays: z.number().int(),
    /** Null: the range by default. */
    decidedOn: day.nullable(),
    canDecide: z.boolean(),
  })
  .openapi('LogRetentionRange')

const days = (name: string) =>
  z
    .int({ error: `${name} : attendu un nombre entier de jours` })
    .min(1, { error: `${name} : au moins un jour` })
    .max(3_650, { error: `${name} : au plus 3650 jours` })

export const retentionRangeInput = z
  .strictObject({ shortestDays: days('shortestDays'), longestDays: days('longestDays') })
  .refine(({ shortestDays, longestDays }) => shortestDays < longestDays, {
    error: 'La durée la plus longue doit dépasser la plus courte.',
    path: ['longestDays'],
  })
  .openapi('LogRetentionRangeInput')
export const retentionRangeParams = z.object({ academie: z.string().max(8) })

const weekSchema = z.object({
  received: z.number().int(),
  structured: z.number().int(),
  accepted: z.number().int(),
  refused: z.number().int(),
  mailSent: z.number().int(),
  mailAuthored: z.number().int(),
  missing: z.number().int(),
  repeated: z.number().int(),
  /** Hours in which something came, of those in which it should have. */
  heardHours: z.number().int(),
  expectedHours: z.number().int(),
})

const storeSchema = z.object({
  seenAt: instant,
  oldestAt: instant,
  newestAt: instant,
  bytes: z.number(),
  freeRatio: z.number().nullable(),
  archived: z.boolean().nullable(),
  inServiceSince: day.nullable(),
})

export const etablissementLogsSchema = z
  .object({
    uai: z.string(),
    range: z.object({ shortestDays: z.number().int(), longestDays: z.number().int() }),
    sources: z.array(logSourceSchema.extend({ week: weekSchema, store: storeSchema.nullable() })),
    /** Attempts to log in, per day, oldest first. */
    days: z.array(z.object({ day, accepted: z.number().int(), refused: z.number().int() })),
    canManage: z.boolean(),
  })
  .openapi('EtablissementLogs')

const bytes = (name: string) =>
  z
    .number({ error: `${name} : attendu un nombre d’octets` })
    .int({ error: `${name} : attendu un nombre entier d’octets` })
    .min(0, { error: `${name} : attendu un nombre positif` })
    .max(1e15, { error: `${name} : trop grand` })
const moment = (name: string) =>
  z.iso.datetime({
    offset: true,
    error: `${name} : attendu une date et une heure avec leur fuseau, par exemple 2026-11-16T08:00:00Z`,
  })

const logStoreInput = z
  .strictObject({
    source: z.uuid({ error: 'source : attendu l’identifiant de la source, donné par Vigie' }),
    oldestAt: moment('oldestAt'),
    newestAt: moment('newestAt'),
    bytes: bytes('bytes'),
    freeBytes: bytes('freeBytes').nullable().default(null),
    capacityBytes: bytes('capacityBytes').nullable().default(null),
    archived: z.boolean({ error: 'archived : attendu true ou false' }).nullable().default(null),
    inServiceSince: z.iso
      .date({ error: 'inServiceSince : attendu une date, par exemple 2026-09-01' })
      .nullable()
      .default(null),
  })
  .refine(({ oldestAt, newestAt }) => new Date(oldestAt) <= new Date(newestAt), {
    error: 'L’entrée la plus ancienne doit précéder la plus récente.',
    path: ['oldestAt'],
  })
  .refine(
    ({ freeBytes, capacityBytes }) =>
      freeBytes === null || (capacityBytes !== null && capacityBytes > 0 && freeBytes <= capacityBytes),
    {
      error: 'capacityBytes : donnez la capacité avec l’espace libre, au moins aussi grande.',
      path: ['capacityBytes'],
    },
  )

export const logStoresInput = z
  .strictObject({
    stores: z
      .array(logStoreInput, { error: 'stores : attendu un tableau' })
      .min(1, { error: 'stores : au moins un' })
      .max(200, { error: 'stores : au plus 200 par envoi' }),
  })
  .openapi('LogStores')
export const dryRunQuery = z.object({
  dryRun: z.enum(['true', 'false'], { error: 'dryRun : attendu true ou false' }).optional(),
})
export const logStoresAnswer = z
  .object({
    recorded: z.boolean(),
    stores: z.array(
      z.object({
        source: z.uuid(),
        uai: z.string(),
        label: z.string(),
        retention: z.enum(RETENTIONS),
        retentionDays: z.number(),
      }),
    ),
  })
  .openapi('LogStoresAnswer')

export type Reception = (typeof RECEPTIONS)[number]
export type Retention = (typeof RETENTIONS)[number]
export type NewLogSource = z.infer<typeof newLogSourceSchema>
export type LogSourceChange = z.infer<typeof logSourceChangeSchema>
export type LogSource = z.infer<typeof logSourceSchema>
export type LogSources = z.infer<typeof logSourcesSchema>
export type RetentionRange = z.infer<typeof retentionRangeSchema>
export type RetentionRangeInput = z.infer<typeof retentionRangeInput>
export type EtablissementLogs = z.infer<typeof etablissementLogsSchema>
export type LogWeek = z.infer<typeof weekSchema>
export type LogStores = z.infer<typeof logStoresInput>
export type LogStoresAnswer = z.infer<typeof logStoresAnswer>
