import { z } from '@hono/zod-openapi'

/** Any text is a counted attempt: what is not a code is refused like a wrong one. */
const typed = z.string().max(128)

export const verificationSchema = z
  .object({
    login: z.string().min(1, 'Donnez l’identifiant du porteur.').max(256),
    pin: typed.openapi({ description: 'Code personnel à quatre chiffres' }),
    code: typed.openapi({ description: 'Code affiché par la clé, ou mot de passe à durée limitée' }),
    source: z.string().min(1).max(64).optional().openapi({
      description: 'Adresse de la personne, telle que l’application la voit : ses échecs y sont comptés',
    }),
  })
  .openapi('OtpVerification')

export const idempotencyHeaderSchema = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{8,128}$/, 'Une clé d’idempotence tient en 8 à 128 caractères ASCII visibles.')
    .optional(),
})

const attribute = z.object({ value: z.array(z.union([z.string(), z.number()])).min(1) }).loose()

/** Attributes of an Access-Request, as FreeRADIUS' `rlm_rest` writes them in JSON. */
export const radiusSchema = z
  .object({
    'User-Name': attribute,
    'User-Password': attribute,
    'Calling-Station-Id': attribute.optional(),
  })
  .loose()
  .openapi('OtpRadiusRequest')

export type VerificationInput = z.infer<typeof verificationSchema>
export type RadiusInput = z.infer<typeof radiusSchema>
