import { z } from '@hono/zod-openapi'
import { PERIMETER_KINDS, ROLES } from '../../access/roles.ts'

export const perimeterSchema = z
  .object({
    kind: z.enum(PERIMETER_KINDS),
    code: z
      .string()
      .min(1)
      .max(40)
      .regex(/^[^,\s]+$/, 'Un code ne contient ni virgule ni espace.'),
  })
  .openapi('Perimeter')

export const grantSchema = z.object({ role: z.enum(ROLES), perimeter: perimeterSchema }).openapi('Grant')

export const newAccountSchema = z
  .object({
    login: z
      .string()
      .min(3, 'L’identifiant compte au moins trois caractères.')
      .max(120)
      .regex(/^[^\s:,;]+$/u, 'L’identifiant ne contient ni espace ni ponctuation « : , ; ».'),
    displayName: z.string().trim().min(1, 'Donnez le nom à afficher.').max(120),
    password: z.string().max(1_000),
    grants: z.array(grantSchema).min(1, 'Donnez au moins un rôle.').max(50),
  })
  .openapi('NewAccount')

export const accountSchema = z
  .object({
    id: z.uuid(),
    login: z.string(),
    displayName: z.string(),
    disabledAt: z.iso.datetime().nullable(),
    signedInAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    grants: z.array(grantSchema.extend({ id: z.uuid(), roleLabel: z.string() })),
  })
  .openapi('Account')

export const pageQuerySchema = z.object({
  q: z.string().trim().max(100).optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
})

export const accountListSchema = z.object({
  total: z.number().int(),
  page: z.number().int(),
  pageSize: z.number().int(),
  rows: z.array(accountSchema),
})
