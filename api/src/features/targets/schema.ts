import { z } from '@hono/zod-openapi'
import { SERVICE_IDS } from '@vigie/rules'
import { uaiParam } from '../etablissements/schema.ts'
import { TARGET_MODULES } from './modules.ts'

const moduleSchema = z.enum(TARGET_MODULES, { error: `module : attendu ${TARGET_MODULES.join(', ')}` })
const service = z.enum(SERVICE_IDS, {
  error: `service : attendu un service de CARINE, comme ${SERVICE_IDS[0]}`,
})
const label = z
  .string({ error: 'label : attendu un texte' })
  .trim()
  .min(2, { error: 'label : dites en deux lettres au moins ce qui est surveillé' })
  .max(120, { error: 'label : au plus 120 caractères' })
  // eslint-disable-next-line no-control-regex -- control characters are exactly what is refused
  .refine((text) => !/[\u0000-\u001f\u007f]/.test(text), { error: 'label : une seule ligne de texte' })
const machineId = z.uuid({ error: 'machineId : attendu l’identifiant d’une machine du parc' })

export const targetParams = uaiParam.extend({
  targetId: z.uuid({ error: 'targetId : attendu l’identifiant d’une cible' }),
})

export const newTargetSchema = z
  .strictObject({
    module: moduleSchema,
    address: z
      .string({ error: 'address : attendu une adresse' })
      .max(2_000, { error: 'address : trop longue' }),
    label,
    service: service.nullable().default(null),
    machineId: machineId.nullable().default(null),
  })
  .openapi('NewTarget')

export const targetChangeSchema = z
  .strictObject({
    label: label.optional(),
    service: service.nullable().optional(),
    enabled: z.boolean({ error: 'enabled : attendu true ou false' }).optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    error: 'Indiquez au moins un changement : label, service ou enabled.',
  })
  .openapi('TargetChange')

export const targetSchema = z
  .object({
    id: z.uuid(),
    module: z.enum(TARGET_MODULES),
    moduleLabel: z.string(),
    /** In the one spelling that Prometheus is given. */
    address: z.string(),
    label: z.string(),
    service: z.enum(SERVICE_IDS).nullable(),
    serviceName: z.string().nullable(),
    /** `learnt`: read in the parc, and followed there. */
    origin: z.enum(['declared', 'learnt']),
    originLabel: z.string(),
    machine: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    /** False: no longer given to Prometheus. */
    enabled: z.boolean(),
    createdAt: z.iso.datetime(),
  })
  .openapi('Target')

export const targetsSchema = z
  .object({
    rows: z.array(targetSchema),
    /** Declared targets, and how many an establishment may have. */
    declared: z.object({ count: z.number().int(), limit: z.number().int() }),
    canWrite: z.boolean(),
    /** What a form offers. */
    modules: z.array(
      z.object({
        module: z.enum(TARGET_MODULES),
        label: z.string(),
        help: z.string(),
        example: z.string(),
        defaultPort: z.number().int().nullable(),
      }),
    ),
    services: z.array(z.object({ service: z.enum(SERVICE_IDS), name: z.string() })),
  })
  .openapi('Targets')

export const discoveryQuery = z.object({ module: moduleSchema.optional() })

/** Prometheus, http_sd: groups of targets with their labels. */
export const discoverySchema = z
  .array(z.object({ targets: z.array(z.string()), labels: z.record(z.string(), z.string()) }))
  .openapi('TargetGroups')

export type NewTarget = z.infer<typeof newTargetSchema>
export type TargetChange = z.infer<typeof targetChangeSchema>
export type Target = z.infer<typeof targetSchema>
export type Targets = z.infer<typeof targetsSchema>
export type DiscoveryQuery = z.infer<typeof discoveryQuery>
export type TargetGroup = z.infer<typeof discoverySchema>[number]
