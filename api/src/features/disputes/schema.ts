import { z } from '@hono/zod-openapi'
import { instant, requirement, seen, uai, verdict, writtenText, type Unseen } from '../declarations/fields.ts'

export const DISPUTE_KINDS = ['not_applicable', 'wrong_observation'] as const

export const disputeParams = z.object({ id: z.uuid({ error: 'identifiant de contestation incorrect' }) })

export const disputeInput = z
  .object({
    requirement,
    kind: z
      .enum(DISPUTE_KINDS, { error: 'kind : attendu not_applicable ou wrong_observation' })
      .openapi({ description: '« sans objet ici » ou « observation fausse »' }),
    reason: writtenText('reason', 20),
  })
  .openapi('DisputeInput')

export const disputeDecisionInput = z
  .object({
    decision: z.enum(['accepted', 'refused'], { error: 'decision : attendu accepted ou refused' }),
    reason: writtenText('reason', 10),
    verdict: verdict.optional().openapi({
      description:
        'Verdict retenu d’une contestation acceptée ; « sans objet » par défaut pour cette contestation',
    }),
    expiresAt: instant.optional().openapi({ description: 'Demandée quand la contestation est acceptée' }),
    seen,
  })
  .openapi('DisputeDecision')

export const disputeSchema = z
  .object({
    id: z.string(),
    uai,
    requirement: z.string(),
    kind: z.enum(DISPUTE_KINDS),
    reason: z.string(),
    openedAt: z.string(),
    decision: z.enum(['accepted', 'refused', 'withdrawn']).nullable(),
    decisionReason: z.string().nullable(),
    decidedAt: z.string().nullable(),
  })
  .openapi('Dispute')

export type DisputeInput = z.infer<typeof disputeInput>
export type DisputeDecisionInput = Unseen<z.infer<typeof disputeDecisionInput>>
export type DisputeAnswer = z.infer<typeof disputeSchema>
