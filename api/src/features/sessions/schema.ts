import { z } from '@hono/zod-openapi'
import { PERMISSIONS } from '../../access/permissions.ts'
import { PERIMETER_KINDS, ROLES } from '../../access/roles.ts'

export const credentialsSchema = z
  .object({
    login: z.string('Saisissez votre identifiant.').min(1, 'Saisissez votre identifiant.').max(200),
    password: z.string('Saisissez votre mot de passe.').min(1, 'Saisissez votre mot de passe.').max(1_000),
  })
  .openapi('Credentials')

export const meSchema = z
  .object({
    id: z.uuid(),
    login: z.string(),
    displayName: z.string(),
    grants: z.array(
      z.object({
        role: z.enum(ROLES),
        roleLabel: z.string(),
        perimeter: z.object({ kind: z.enum(PERIMETER_KINDS), code: z.string(), label: z.string() }),
      }),
    ),
    permissions: z.array(z.enum(PERMISSIONS)),
    lastVisitAt: z.iso.datetime().nullable(),
    pending: z
      .enum(['code', 'enrolment'])
      .nullable()
      .openapi({ description: 'Ce qui manque à la connexion : le code de la clé, ou une clé à adopter' }),
    hasKey: z.boolean().openapi({ description: 'Le compte est celui d’un porteur de clé' }),
  })
  .openapi('Me')
