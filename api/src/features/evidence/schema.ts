import { z } from '@hono/zod-openapi'

/** Observations of one request at most. */
export const MAX_OBSERVATIONS = 5_000

/** Told from the text itself, so that a fault names what was expected. */
const shortText = (name: string, max: number) =>
  z
    .string({ error: `${name} : attendu un texte` })
    .min(1, { error: `${name} : attendu un texte non vide` })
    .max(max, { error: `${name} : au plus ${max} caractères` })
    // eslint-disable-next-line no-control-regex
    .regex(/^[^\u0000-\u001f\u007f]*$/, { error: `${name} : sans caractère de commande` })

/** Each observation is checked by the verb, which reports every fault of every one at once. */
const observation = z.unknown().openapi('Observation', {
  type: 'object',
  required: ['uai', 'key', 'value', 'observedAt'],
  properties: {
    uai: { type: 'string', example: '0990001A', description: 'Établissement observé' },
    key: { type: 'string', example: 'backup.last_success_age', description: 'Clé de preuve déclarée' },
    value: {
      oneOf: [{ type: 'number' }, { type: 'boolean' }, { type: 'string' }],
      description: 'Dans l’unité de la clé',
    },
    observedAt: {
      type: 'string',
      format: 'date-time',
      description: 'Instant auquel c’était vrai, avec son fuseau',
    },
  },
})

export const evidenceSchema = z
  .object({
    source: shortText('source', 200).openapi({
      description: 'Système observé',
      example: 'sauvegarde.rectorat',
    }),
    collector: shortText('collector', 80).optional().openapi({ description: 'Programme qui rapporte' }),
    observations: z
      .array(observation, { error: 'observations : attendu un tableau' })
      .min(1, { error: 'observations : au moins une' })
      .max(MAX_OBSERVATIONS, {
        error: `observations : au plus ${MAX_OBSERVATIONS} par envoi, découpez le vôtre`,
      }),
  })
  .openapi('EvidenceBatch')

export type EvidenceBatch = z.infer<typeof evidenceSchema>

export const acceptedSchema = z.object({ accepted: z.number().int() }).openapi('EvidenceAccepted')
