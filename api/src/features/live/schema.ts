import { z } from '@hono/zod-openapi'

const instant = z.iso.datetime()
const count = z.number().int()

/** Every way a verification ends; `api/src/features/otp/outcome.ts` says what each means. */
export const REASONS = [
  'accepted',
  'bad_code',
  'bad_pin',
  'no_pin',
  'replay',
  'paused',
  'locked',
  'inactive',
  'unknown',
  'source_blocked',
] as const

const seriesSchema = z
  .object({
    from: instant.openapi({ description: 'Début du premier intervalle' }),
    step: count.openapi({ description: 'Secondes d’un intervalle' }),
    accepted: z.array(count),
    rejected: z.array(count),
  })
  .openapi('TrafficSeries')

const windowSchema = z
  .object({
    seconds: count,
    accepted: count,
    rejected: count,
    reasons: z.array(z.object({ reason: z.enum(REASONS), count })),
    latency: z
      .object({ p50: z.number(), p95: z.number(), p99: z.number() })
      .nullable()
      .openapi({ description: 'Millisecondes ; null sans vérification' }),
  })
  .openapi('TrafficWindow')

const sourceSchema = z.object({
  mark: z.string().openapi({ description: 'Marque opaque : aucune adresse n’est gardée' }),
  relay: z.string().nullable().openapi({ description: 'Application qui relaie, ou voie de Vigie' }),
  failures: count,
  since: instant,
  blockedUntil: instant.nullable(),
})

const departementSchema = z.object({
  code: z.string().nullable(),
  name: z.string(),
  failing: count,
  paused: count,
  locked: count,
})

const failingHolderSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  departement: z.string().nullable(),
  failures: count,
  lastAttemptAt: instant,
  state: z.enum(['failing', 'paused', 'locked']),
})

const incidentSchema = z.object({
  id: z.uuid(),
  number: count,
  title: z.string(),
  alert: z.string().nullable(),
  severity: z.enum(['critical', 'warning', 'info']),
  severityLabel: z.string(),
  state: z.enum(['open', 'acknowledged', 'resolved']),
  stateLabel: z.string(),
  openedAt: instant,
  resolvedAt: instant.nullable(),
})

const collectorSchema = z.object({
  collector: z.string(),
  state: z.enum(['working', 'failing', 'silent']),
  etablissements: count,
  failing: count,
  silent: count,
  lastSuccessAt: instant.nullable(),
  lastFailureAt: instant.nullable(),
  durationSeconds: z.number().nullable(),
})

const jobSchema = z.object({
  job: z.string(),
  label: z.string(),
  state: z.enum(['working', 'failing', 'waiting']),
  lastStartedAt: instant,
  lastSuccessAt: instant.nullable(),
  lastFailureAt: instant.nullable(),
  durationSeconds: z.number().nullable(),
})

const surroundingsSchema = z
  .object({
    readAt: instant,
    sources: z.array(sourceSchema),
    departements: z.array(departementSchema),
    holders: z.array(failingHolderSchema).nullable().openapi({
      description: 'Porteurs qui échouent ; null pour qui n’ouvre pas le journal',
    }),
    openIncidents: count,
    incidents: z
      .array(incidentSchema)
      .openapi({ description: 'Ouverts, ou résolus depuis moins d’une heure' }),
    collectors: z.array(collectorSchema),
    jobs: z.array(jobSchema),
  })
  .openapi('TrafficSurroundings')

export const trafficSchema = z
  .object({
    asOf: instant,
    academies: z.array(z.object({ code: z.string(), name: z.string() })),
    seconds: seriesSchema,
    hour: seriesSchema,
    windows: z.array(windowSchema),
    surroundings: surroundingsSchema,
  })
  .openapi('Traffic')

export type Series = z.infer<typeof seriesSchema>
export type TrafficWindow = z.infer<typeof windowSchema>
export type Surroundings = z.infer<typeof surroundingsSchema>
export type Traffic = z.infer<typeof trafficSchema>
/** What a second changed: the series hold its last intervals only, the rest comes when it was read again. */
export type Frame = Omit<Traffic, 'academies' | 'surroundings'> & { readonly surroundings?: Surroundings }
