import { createRoute, z } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { createToken } from './create-token.ts'
import { listTokens } from './list-tokens.ts'
import { revokeToken } from './revoke-token.ts'
import { newTokenSchema, tokenSchema } from './schema.ts'

const tags = ['Jetons']

const list = createRoute({
  method: 'get',
  path: '/v1/tokens',
  tags,
  summary: 'Les comptes de service de son périmètre',
  responses: {
    200: jsonAnswer('Les jetons, sans leur secret', z.object({ rows: z.array(tokenSchema) })),
    ...problemResponses('unauthenticated', 'forbidden'),
  },
})

const create = createRoute({
  method: 'post',
  path: '/v1/tokens',
  tags,
  summary: 'Créer un compte de service',
  request: { body: jsonBody(newTokenSchema) },
  responses: {
    201: jsonAnswer('Le jeton, montré cette seule fois', z.object({ id: z.uuid(), token: z.string() })),
    ...problemResponses('unauthenticated', 'forbidden', 'invalid_input'),
  },
})

const revoke = createRoute({
  method: 'delete',
  path: '/v1/tokens/{token}',
  tags,
  summary: 'Révoquer un jeton',
  request: { params: z.object({ token: z.uuid('Numéro de jeton incorrect.') }) },
  responses: {
    204: { description: 'Jeton révoqué' },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

export const tokensRoutes = createRouter()
  .openapi(list, async (c) => c.json({ rows: await listTokens(c.get('ctx')) }, 200))
  .openapi(create, async (c) => c.json(await createToken(c.get('ctx'), c.req.valid('json')), 201))
  .openapi(revoke, async (c) => {
    await revokeToken(c.get('ctx'), c.req.valid('param').token)
    return c.body(null, 204)
  })
