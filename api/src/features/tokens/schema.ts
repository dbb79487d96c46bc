import { z } from '@hono/zod-openapi'
import { TOKEN_SCOPES } from '../../access/roles.ts'
import { perimeterSchema } from '../accounts/schema.ts'

export const newTokenSchema = z
  .object({
    name: z.string().trim().min(1, 'Donnez un nom au jeton.').max(120),
    scope: z.enum(TOKEN_SCOPES),
    perimeter: perimeterSchema,
    expiresInDays: z.number().int().min(1).max(1_095).default(365),
  })
  .openapi('NewToken')

export const tokenSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    scope: z.enum(TOKEN_SCOPES),
    perimeter: perimeterSchema,
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    revokedAt: z.iso.datetime().nullable(),
  })
  .openapi('Token')
