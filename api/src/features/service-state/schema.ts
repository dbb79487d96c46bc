import { z } from '@hono/zod-openapi'
import { SERVICE_IDS } from '@vigie/rules'

/** A share from 0 to 1, when it was true, and whether that is too long ago to go by. */
const measure = z.object({ ratio: z.number(), observedAt: z.iso.datetime(), stale: z.boolean() }).nullable()
const ratio = z.number().nullable()

export const supervisionSchema = z
  .object({
    /** The 15 services of CARINE, in order. */
    services: z.array(
      z.object({
        service: z.enum(SERVICE_IDS),
        name: z.string(),
        /** Targets that stand for it and are given to Prometheus. */
        targets: z.number().int(),
        /** Share of the time during which it answered, 0 to 1; null without data. */
        availability: z.object({ '1d': ratio, '7d': ratio, '30d': ratio }),
        /** When Prometheus said so; null without data. */
        observedAt: z.iso.datetime().nullable(),
        /** The figures above are older than they should be: shown, not to be trusted. */
        stale: z.boolean(),
      }),
    ),
    measures: z.object({
      /** Free share of the fullest disk. */
      diskFree: measure,
      /** Share of the network capacity that is taken. */
      bandwidth: measure,
    }),
    targets: z.object({
      /** Given to Prometheus by Vigie. */
      count: z.number().int(),
      /** As Prometheus counts them; null without data. */
      watched: z.number().int().nullable(),
      answering: z.number().int().nullable(),
      observedAt: z.iso.datetime().nullable(),
      stale: z.boolean(),
    }),
    prometheus: z.object({
      /** This deployment reads a Prometheus, or one has informed this establishment. */
      configured: z.boolean(),
      lastSuccessAt: z.iso.datetime().nullable(),
      lastFailureAt: z.iso.datetime().nullable(),
      /** Why the newest reading failed, in French; null when it did not. */
      error: z.string().nullable(),
    }),
  })
  .openapi('Supervision')

export type Supervision = z.infer<typeof supervisionSchema>
