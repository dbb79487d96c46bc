import { z } from '@hono/zod-openapi'
import { instant, requirement, seen, uai, writtenText, type Unseen } from '../declarations/fields.ts'

export const derogationParams = z.object({
  uai,
  id: z.uuid({ error: 'identifiant de dérogation incorrect' }),
})

export const derogationInput = z
  .object({ requirement, justification: writtenText('justification', 20), expiresAt: instant })
  .openapi('DerogationInput')

export const approvalInput = z.object({ expiresAt: instant.optional(), seen }).openapi('DerogationApproval')

export const refusalInput = z.object({ reason: writtenText('reason', 10), seen }).openapi('DerogationRefusal')

export const DEROGATION_STATES = ['pending', 'in_force', 'expired', 'refused', 'withdrawn'] as const
export type DerogationState = (typeof DEROGATION_STATES)[number]

export const derogationSchema = z
  .object({
    id: z.string(),
    uai,
    requirement: z.string(),
    state: z.enum(DEROGATION_STATES),
    justification: z.string(),
    requestedAt: z.string(),
    approvedAt: z.string().nullable(),
    expiresAt: z.string(),
    refusedAt: z.string().nullable(),
    refusalReason: z.string().nullable(),
    withdrawnAt: z.string().nullable(),
  })
  .openapi('Derogation')

export const derogationsSchema = z.object({ rows: z.array(derogationSchema) }).openapi('Derogations')

export type DerogationInput = z.infer<typeof derogationInput>
export type ApprovalInput = Unseen<z.infer<typeof approvalInput>>
export type RefusalInput = Unseen<z.infer<typeof refusalInput>>
export type DerogationAnswer = z.infer<typeof derogationSchema>
