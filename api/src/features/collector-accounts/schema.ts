import { z } from '@hono/zod-openapi'

export const uaiSchema = z
  .string()
  .regex(/^\d{7}[A-Z]$/, 'Un UAI compte sept chiffres puis une lettre majuscule.')

export const newCollectorAccountSchema = z.object({ uai: uaiSchema }).openapi('NewCollectorAccount')

export const collectorAccountSchema = z
  .object({
    id: z.uuid(),
    uai: z.string(),
    login: z.string(),
    createdAt: z.iso.datetime(),
    revokedAt: z.iso.datetime().nullable(),
  })
  .openapi('CollectorAccount')
