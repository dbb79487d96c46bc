import { z } from '@hono/zod-openapi'
import { isRequirementId } from '@vigie/rules'

const requirement = z
  .string()
  .refine(isRequirementId, { error: 'exigence inconnue : attendu un identifiant de CARINE, comme INF-PDT-8' })
const uai = z.string()
const verdict = z.enum(['compliant', 'partial', 'non_compliant', 'not_applicable'], {
  error: 'verdict : attendu compliant, partial, non_compliant ou not_applicable',
})
const writtenText = (name: string, min: number) =>
  z
    .string({ error: `${name} : attendu un texte` })
    .trim()
    .min(min, { error: `${name} : au moins ${min} caractères, pour qu’un autre comprenne` })
    .max(4_000, { error: `${name} : au plus 4 000 caractères` })
    .refine((text) => !text.includes('\u0000'), { error: `${name} : sans caractère nul` })
const instant = z.iso.datetime({
  offset: true,
  error: 'attendu : une date et une heure avec leur fuseau, par exemple 2027-06-30T00:00:00Z',
})

export const requirementParams = z.object({ uai, requirement })
export const etablissementParams = z.object({ uai })
export const approvalParams = z.object({ uai, id: z.uuid({ error: 'identifiant de dérogation incorrect' }) })

export const declarationInput = z
  .object({ verdict, comment: writtenText('comment', 3) })
  .openapi('DeclarationInput')
export const declarationSchema = z
  .object({
    id: z.string(),
    uai,
    requirement: z.string(),
    verdict: z.string(),
    declaredAt: z.string(),
    expiresAt: z.string(),
  })
  .openapi('Declaration')

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

export const derogationInput = z
  .object({ requirement, justification: writtenText('justification', 20), expiresAt: instant })
  .openapi('DerogationInput')
export const derogationSchema = z
  .object({
    id: z.string(),
    uai,
    requirement: z.string(),
    requestedAt: z.string(),
    approvedAt: z.string().nullable(),
    expiresAt: z.string(),
  })
  .openapi('Derogation')
export const approvalInput = z.object({ expiresAt: instant.optional() }).openapi('DerogationApproval')

export type DeclarationInput = z.infer<typeof declarationInput>
export type ArbitrationInput = z.infer<typeof arbitrationInput>
export type DerogationInput = z.infer<typeof derogationInput>
export type ApprovalInput = z.infer<typeof approvalInput>
