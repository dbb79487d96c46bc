import { z } from '@hono/zod-openapi'
import { proofSchema } from '../proofs/schema.ts'
import { uai, verdict, writtenText } from './fields.ts'

export const MOST_PROOFS = 20

export const proofIds = z
  .array(z.uuid({ error: 'proofIds : identifiant de preuve incorrect' }), {
    error: 'proofIds : attendu une liste d’identifiants de preuves',
  })
  .max(MOST_PROOFS, { error: `proofIds : au plus ${MOST_PROOFS} preuves` })
  .openapi({ description: 'Preuves déjà jointes à l’établissement' })

const origin = z.enum(['form', 'questionnaire', 'visit', 'bulk'])

export const declarationInput = z
  .object({
    verdict,
    comment: writtenText('comment', 3),
    proofIds: proofIds.optional(),
  })
  .openapi('DeclarationInput')

export const declarationSchema = z
  .object({
    id: z.string(),
    uai,
    requirement: z.string(),
    verdict: z.string(),
    declaredAt: z.string(),
    expiresAt: z.string(),
    origin,
    proofIds: z.array(z.string()),
  })
  .openapi('Declaration')

export const pastDeclarationSchema = z
  .object({
    id: z.uuid(),
    verdict,
    comment: z.string(),
    origin,
    author: z.string().openapi({ description: 'Nom de la personne' }),
    authorFunction: z
      .string()
      .nullable()
      .openapi({ description: 'Sa fonction aujourd’hui dans l’établissement ; null si elle n’y est plus' }),
    declaredAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    withdrawnAt: z.iso.datetime().nullable(),
    withdrawnBy: z.string().nullable(),
    inForce: z.boolean(),
    proofs: z.array(proofSchema),
  })
  .openapi('PastDeclaration')

export const declarationHistorySchema = z
  .object({
    uai,
    requirement: z.string(),
    current: pastDeclarationSchema.nullable().openapi({ description: 'Celle qui compte, s’il y en a une' }),
    history: z.array(pastDeclarationSchema).openapi({ description: 'Toutes, la plus récente d’abord' }),
  })
  .openapi('DeclarationHistory')

export const withdrawalSchema = z
  .object({ uai, requirement: z.string(), withdrawn: z.number().int() })
  .openapi('DeclarationWithdrawal')

export type DeclarationInput = z.infer<typeof declarationInput>
export type PastDeclaration = z.infer<typeof pastDeclarationSchema>
export type DeclarationHistory = z.infer<typeof declarationHistorySchema>
