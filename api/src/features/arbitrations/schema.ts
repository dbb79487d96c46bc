import { z } from '@hono/zod-openapi'
import { instant, seen, uai, verdict, writtenText, type Unseen } from '../declarations/fields.ts'

export const arbitrationInput = z
  .object({ verdict, reason: writtenText('reason', 10), expiresAt: instant, seen })
  .openapi('ArbitrationInput')

export const arbitrationSchema = z
  .object({
    id: z.string(),
    uai,
    requirement: z.string(),
    verdict: z.string(),
    observedVerdict: z.string(),
    decidedAt: z.string(),
    expiresAt: z.string(),
  })
  .openapi('Arbitration')

export type ArbitrationInput = Unseen<z.infer<typeof arbitrationInput>>
