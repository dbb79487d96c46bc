import { z } from '@hono/zod-openapi'
import { isRequirementId } from '@vigie/rules'

const id = z.uuid({ error: 'identifiant de preuve incorrect' })
const uai = z.string()
const day = z.iso.date({ error: 'date d’effet : attendue sous la forme 2026-09-01' })

export const etablissementParams = z.object({ uai })
export const proofParams = z.object({ id })

export const listQuery = z.object({
  attached: z
    .enum(['true', 'false'], { error: 'attached : attendu true ou false' })
    .optional()
    .openapi({ description: 'false : seulement les pièces qu’aucune déclaration ni aucun constat ne cite' }),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
})

/** The verb checks each part: a stranger is refused before his file is judged. */
export const proofForm = z
  .object({
    file: z.unknown().openapi({ type: 'string', format: 'binary' }),
    description: z.unknown().openapi({ type: 'string' }),
    effectiveOn: z.unknown().openapi({ type: 'string', format: 'date' }),
    requirement: z.unknown().openapi({ type: 'string' }),
  })
  .partial()

const empty = z.literal('').transform(() => null)

export const proofFields = z.object({
  description: empty
    .or(
      z
        .string({ error: 'description : attendu un texte' })
        .trim()
        .max(500, { error: 'description : au plus 500 caractères' })
        .refine((text) => !text.includes('\u0000'), { error: 'description : sans caractère nul' }),
    )
    .nullish(),
  effectiveOn: empty.or(day).nullish(),
  requirement: empty
    .or(
      z.string().refine(isRequirementId, {
        error: 'requirement : attendu un identifiant de CARINE, comme INF-PDT-8',
      }),
    )
    .nullish(),
})

export const proofSchema = z
  .object({
    id: z.uuid(),
    uai,
    fileName: z.string(),
    mediaType: z.string(),
    kind: z.string().openapi({ description: 'Ce qu’est le fichier, en français' }),
    sizeBytes: z.number().int(),
    sha256: z.string().openapi({ description: 'Empreinte du contenu, en hexadécimal' }),
    description: z.string().nullable(),
    effectiveOn: z.iso.date().nullable().openapi({ description: 'Depuis quand le document vaut' }),
    uploadedAt: z.iso.datetime(),
    uploadedBy: z.string().openapi({ description: 'Nom de la personne qui l’a joint' }),
    scanner: z.string(),
    requirements: z.array(z.string()).openapi({ description: 'Exigences dont une déclaration la cite' }),
    attached: z.boolean().openapi({ description: 'Citée par une déclaration ou un constat : elle se garde' }),
  })
  .openapi('Proof')

export const storedProofSchema = proofSchema
  .extend({
    alreadyHeld: z
      .boolean()
      .openapi({ description: 'Ce même fichier était déjà conservé pour cet établissement : c’est lui' }),
  })
  .openapi('StoredProof')

export const proofListSchema = z
  .object({
    total: z.number().int(),
    page: z.number().int(),
    pageSize: z.number().int(),
    rows: z.array(proofSchema),
  })
  .openapi('ProofList')

export type ListQuery = z.infer<typeof listQuery>
export type Proof = z.infer<typeof proofSchema>
export type StoredProof = z.infer<typeof storedProofSchema>
export type ProofList = z.infer<typeof proofListSchema>
