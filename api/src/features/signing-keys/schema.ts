import { z } from '@hono/zod-openapi'
import { uaiParam } from '../etablissements/schema.ts'

export const newSigningKeySchema = z
  .object({
    label: z
      .string()
      .trim()
      .min(1, 'Nommez la machine qui signera.')
      .max(120, 'Au plus 120 caractères.')
      .regex(/^\P{Cc}*$/u, 'Écrivez sur une seule ligne.'),
    publicKey: z
      .string()
      .min(1, 'Collez la clé publique de la machine.')
      .max(1_000, 'Ce texte est trop long pour une clé publique.'),
  })
  .openapi('NewSigningKey')
export type NewSigningKey = z.infer<typeof newSigningKeySchema>

const shown = z.object({ id: z.string(), publicKey: z.string() })

export const signingKeysSchema = z
  .object({
    /** Vigie's own key: it signs what people record. */
    own: shown,
    rows: z.array(
      shown.extend({
        label: z.string(),
        createdAt: z.iso.datetime(),
        revokedAt: z.iso.datetime().nullable(),
      }),
    ),
  })
  .openapi('SigningKeys')
export type SigningKeys = z.infer<typeof signingKeysSchema>

export const signingKeyParams = uaiParam.extend({
  key: z.string().regex(/^[0-9A-Z]{8}:[0-9a-f]{20}$/, 'Numéro de clé incorrect.'),
})
