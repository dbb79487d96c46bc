import { z } from '@hono/zod-openapi'
import { instant, uai, verdict, writtenText } from '../declarations/fields.ts'

export const arbitrationInput = z
  .object({ verdict, reason: writtenText('reason', 10), expiresAt: instant })
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

export type ArbitrationInput = z.infer<typeof arbitrationInput>
