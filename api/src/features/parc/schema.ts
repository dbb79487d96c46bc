import { z } from '@hono/zod-openapi'

export const MACHINE_KINDS = [
  'workstation',
  'laptop',
  'server',
  'network',
  'printer',
  'mobile',
  'other',
] as const
export const KIND_LABELS: Readonly<Record<(typeof MACHINE_KINDS)[number], string>> = {
  workstation: 'Poste fixe',
  laptop: 'Ordinateur portable',
  server: 'Serveur',
  network: 'Équipement réseau',
  printer: 'Imprimante',
  mobile: 'Tablette ou mobile',
  other: 'Autre matériel',
}

const kindSchema = z.enum(MACHINE_KINDS)
const usageSchema = z.enum(['administratif', 'pedagogique'])

export const parcQuery = z.object({
  q: z
    .string()
    .trim()
    .max(100)
    .optional()
    .openapi({ description: 'Mots du nom, du numéro de série, du modèle ou d’un logiciel' }),
  kind: kindSchema.optional(),
  retired: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true')
    .openapi({ type: 'string', description: 'Montre les machines sorties du parc à la place des autres' }),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
})

export const machineRowSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: kindSchema,
  kindLabel: z.string(),
  usage: usageSchema.nullable(),
  shared: z.boolean().nullable(),
  manufacturer: z.string().nullable(),
  model: z.string().nullable(),
  serial: z.string().nullable(),
  osName: z.string().nullable(),
  osVersion: z.string().nullable(),
  antivirus: z.string().nullable(),
  /** Null when no agent says it. */
  antivirusActive: z.boolean().nullable(),
  firewallActive: z.boolean().nullable(),
  diskEncrypted: z.boolean().nullable(),
  lastInventoryAt: z.string(),
  retiredAt: z.string().nullable(),
})

export const parcSchema = z
  .object({
    total: z.number().int(),
    page: z.number().int(),
    pageSize: z.number().int(),
    /** Counts under the search, whatever the kind asked for. */
    kinds: z.array(z.object({ kind: kindSchema, label: z.string(), count: z.number().int() })),
    rows: z.array(machineRowSchema),
  })
  .openapi('Parc')

const text = z.string().nullable()
const figure = z.number().nullable()

export const machineSchema = machineRowSchema
  .extend({
    uai: z.string(),
    hardwareUuid: text,
    biosDate: text,
    osKernel: text,
    osInstalledAt: text,
    /** Last day (ISO) on which the maker corrects the system; null when unknown. */
    osSupportEndsOn: text,
    osSupported: z.boolean().nullable(),
    lastBootAt: text,
    lastUpdateAt: text,
    architecture: text,
    processor: text,
    memoryMb: figure,
    diskMb: figure,
    antivirusUpToDate: z.boolean().nullable(),
    agent: z.string(),
    firstSeenAt: z.string(),
    processors: z.array(z.object({ name: text, cores: figure, threads: figure, speedMhz: figure })),
    drives: z.array(
      z.object({
        place: text,
        filesystem: text,
        totalMb: figure,
        system: z.boolean(),
        encrypted: z.boolean().nullable(),
      }),
    ),
    storages: z.array(z.object({ model: text, type: text, sizeMb: figure })),
    networks: z.array(z.object({ name: text, mac: text, address: text, type: text, virtual: z.boolean() })),
    antivirusFound: z.array(
      z.object({ name: text, version: text, enabled: z.boolean(), upToDate: z.boolean() }),
    ),
    firewallProfiles: z.array(z.object({ profile: text, active: z.boolean() })),
    /** Null when no inventory reported software. */
    software: z.array(z.object({ name: z.string(), version: z.string(), publisher: z.string() })).nullable(),
  })
  .openapi('Machine')

export const machineChangeSchema = z
  .strictObject({
    usage: usageSchema.nullable().optional(),
    shared: z.boolean().nullable().optional(),
    retired: z.boolean().optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    message: 'Indiquez au moins un changement : usage, shared ou retired.',
  })
  .openapi('MachineChange')

export const machineParams = z.object({
  machineId: z.uuid({ message: 'Attendu : l’identifiant d’une machine.' }).openapi({
    param: { name: 'machineId', in: 'path' },
  }),
})

export type ParcQuery = z.infer<typeof parcQuery>
export type Parc = z.infer<typeof parcSchema>
export type MachineDetail = z.infer<typeof machineSchema>
export type MachineChange = z.infer<typeof machineChangeSchema>
