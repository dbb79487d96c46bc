import { z } from '@hono/zod-openapi'
import { uaiParam } from '../etablissements/schema.ts'
import { RESULTS } from './canonical-text.ts'

const line = (max: number, missing: string) =>
  z
    .string()
    .trim()
    .min(1, missing)
    .max(max, `Au plus ${max} caractères.`)
    .regex(/^\P{Cc}*$/u, 'Écrivez sur une seule ligne.')

export const newRestoreTestSchema = z
  .object({
    performedAt: z.iso.datetime({
      offset: true,
      error: 'Donnez la date et l’heure du test, avec leur fuseau.',
    }),
    performedBy: line(120, 'Dites la fonction de la personne qui a fait le test, sans son nom.'),
    restored: line(500, 'Dites ce qui a été restauré.'),
    result: z.enum(RESULTS, { error: 'Choisissez le résultat du test.' }),
    repository: line(80, 'Nommez le dépôt, ou laissez ce champ vide.').nullable().default(null),
    durationMinutes: z
      .number({ error: 'Donnez une durée en minutes.' })
      .int('Donnez une durée en minutes entières.')
      .min(0, 'Donnez une durée en minutes.')
      .max(99_999, 'Cette durée n’est pas plausible.')
      .nullable()
      .default(null),
    comment: line(1_000, 'Écrivez un commentaire, ou laissez ce champ vide.').nullable().default(null),
  })
  .openapi('NewRestoreTest')
export type NewRestoreTest = z.infer<typeof newRestoreTestSchema>

export const signedTestSchema = z
  .object({
    payload: z
      .string({ error: 'attendu : le texte signé' })
      .min(1, 'attendu : le texte signé')
      .max(4_000, 'attendu : au plus 4 000 caractères'),
    signature: z
      .string({ error: 'attendu : la signature en base64' })
      .regex(/^[A-Za-z0-9+/_-]{86}={0,2}$/, 'attendu : une signature Ed25519 de 64 octets, en base64'),
  })
  .openapi('SignedRestoreTest')
export type SignedTest = z.infer<typeof signedTestSchema>

export const restoreTestSchema = z
  .object({
    id: z.uuid(),
    repository: z.string().nullable(),
    performedAt: z.iso.datetime(),
    performedBy: z.string(),
    restored: z.string(),
    result: z.enum(RESULTS),
    durationMinutes: z.number().int().nullable(),
    comment: z.string().nullable(),
    recordedAt: z.iso.datetime(),
    /** A machine signed it with its own key, or a person recorded it and Vigie signed. */
    signedBy: z.enum(['machine', 'vigie']),
    keyId: z.string(),
    /** Label of the machine's key. */
    keyLabel: z.string().nullable(),
  })
  .openapi('RestoreTest')
export type RestoreTest = z.infer<typeof restoreTestSchema>

export const restoreTestsSchema = z
  .object({ rows: z.array(restoreTestSchema), lastSuccessAt: z.iso.datetime().nullable() })
  .openapi('RestoreTests')
export type RestoreTests = z.infer<typeof restoreTestsSchema>

export const verificationSchema = z
  .object({
    test: restoreTestSchema,
    payload: z.string(),
    signature: z.string(),
    publicKey: z.string(),
    /** `altered`: the signature is not that of this text; `unknown_key`: it is, by a key that is not known here. */
    verdict: z.enum(['valid', 'altered', 'unknown_key']),
    /** French. */
    explanation: z.string(),
  })
  .openapi('RestoreTestVerification')
export type Verification = z.infer<typeof verificationSchema>

export const restoreTestParams = uaiParam.extend({ id: z.uuid('Numéro de test incorrect.') })
