import { z } from '@hono/zod-openapi'
import { requirementSchema } from '../catalogue/schema.ts'
import { DEROGATION_STATES } from '../derogations/schema.ts'
import { DISPUTE_KINDS } from '../disputes/schema.ts'
import {
  basisSchema,
  contactSchema,
  figureSchema,
  levelSchema,
  partySchema,
  statusSchema,
  unknownReasonSchema,
  verdictSchema,
} from './schema.ts'

const evidenceValue = z.union([z.number(), z.boolean(), z.string()])

export const requirementDetailSchema = z
  .object({
    requirement: requirementSchema,
    degree: z.enum(['d1', 'd2']),
    level: levelSchema,
    verdict: verdictSchema,
    unknownReason: unknownReasonSchema.nullable(),
    reason: z.string(),
    figures: z.array(figureSchema),
    status: statusSchema,
    counted: verdictSchema,
    basis: basisSchema,
    /** Newer evidence undid an arbitration. */
    reopened: z.boolean(),
    since: z.string().nullable(),
    staleAt: z.string().nullable(),
    derogatedUntil: z.string().nullable(),
    evaluatedAt: z.string().nullable(),
    /** One entry per key the check reads; nulls when nothing was ever received. */
    evidence: z.array(
      z.object({
        key: z.string(),
        label: z.string(),
        unit: z.string(),
        value: evidenceValue.nullable(),
        observedAt: z.string().nullable(),
        receivedAt: z.string().nullable(),
        source: z.string().nullable(),
        collector: z.string().nullable(),
        expiresAt: z.string().nullable(),
        fresh: z.boolean(),
        failure: z.object({ at: z.string(), collector: z.string(), reason: z.string() }).nullable(),
      }),
    ),
    /** Last twelve months, oldest first, the 400 newest at most. */
    timeline: z.array(
      z.object({ key: z.string(), observedAt: z.string(), value: evidenceValue, source: z.string() }),
    ),
    /** Changes of the retained status, newest first. */
    history: z.array(
      z.object({
        at: z.string(),
        from: statusSchema.nullable(),
        to: statusSchema,
        reason: z.string(),
        /** Null on moves older than these figures, and where no rule observes. */
        counted: verdictSchema.nullable(),
        basis: basisSchema.nullable(),
        ruleVersion: z.number().int().nullable(),
      }),
    ),
    /** Flags of the time axis, newest first. */
    decisions: z.array(
      z.object({
        kind: z.enum(['declaration', 'arbitration', 'derogation', 'dispute']),
        at: z.string(),
        /** Until when it holds or held; for what waits, now. */
        expiresAt: z.string(),
        verdict: verdictSchema.nullable(),
        /** Null when it holds, or held until its expiry. */
        state: z.enum(['pending', 'accepted', 'refused', 'withdrawn']).nullable(),
        by: z.string().nullable(),
        text: z.string(),
      }),
    ),
    /** Of the case as it stands: given back with a decision, it binds what is decided. */
    seen: z.string(),
    rule: z.string().nullable(),
    /** Version of the rule today; null when no rule observes. */
    ruleVersion: z.number().int().nullable(),
    /** Version of the rule that gave the present verdict. */
    judgedByVersion: z.number().int().nullable(),
    remediation: z.string().nullable(),
    party: partySchema,
    partyLabel: z.string(),
    contact: contactSchema,
    declaration: z
      .object({
        id: z.string(),
        verdict: verdictSchema,
        comment: z.string(),
        origin: z.enum(['form', 'questionnaire', 'visit', 'bulk']),
        author: z.string().nullable(),
        /** Function held over the establishment today. */
        authorFunction: z.string().nullable(),
        declaredAt: z.string(),
        expiresAt: z.string(),
        inForce: z.boolean(),
        proofs: z.array(
          z.object({
            id: z.string(),
            fileName: z.string(),
            kind: z.string(),
            description: z.string().nullable(),
            effectiveOn: z.string().nullable(),
            uploadedAt: z.string(),
            uploadedBy: z.string(),
            sizeBytes: z.number().int(),
          }),
        ),
      })
      .nullable(),
    arbitration: z
      .object({
        id: z.string(),
        verdict: verdictSchema,
        observedVerdict: verdictSchema,
        reason: z.string(),
        author: z.string().nullable(),
        authorFunction: z.string().nullable(),
        decidedAt: z.string(),
        expiresAt: z.string(),
        inForce: z.boolean(),
        /** It answers a dispute rather than a contradiction. */
        fromDispute: z.boolean(),
        /** Visit on site during which it was checked. */
        visitId: z.string().nullable(),
      })
      .nullable(),
    derogation: z
      .object({
        id: z.string(),
        state: z.enum(DEROGATION_STATES),
        justification: z.string(),
        requestedBy: z.string().nullable(),
        requestedByFunction: z.string().nullable(),
        requestedAt: z.string(),
        approvedBy: z.string().nullable(),
        approvedAt: z.string().nullable(),
        expiresAt: z.string(),
        refusedBy: z.string().nullable(),
        refusedAt: z.string().nullable(),
        refusalReason: z.string().nullable(),
        withdrawnAt: z.string().nullable(),
        inForce: z.boolean(),
      })
      .nullable(),
    dispute: z
      .object({
        id: z.string(),
        kind: z.enum(DISPUTE_KINDS),
        reason: z.string(),
        openedBy: z.string().nullable(),
        openedByFunction: z.string().nullable(),
        openedAt: z.string(),
        decision: z.enum(['accepted', 'refused', 'withdrawn']).nullable(),
        decisionReason: z.string().nullable(),
        decidedBy: z.string().nullable(),
        decidedAt: z.string().nullable(),
      })
      .nullable(),
  })
  .openapi('RequirementDetail')

export type RequirementDetail = z.infer<typeof requirementDetailSchema>
