import { createRoute, z } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { createCollectorAccount } from './create-collector-account.ts'
import { listCollectorAccounts } from './list-collector-accounts.ts'
import { revokeCollectorAccount } from './revoke-collector-account.ts'
import { collectorAccountSchema, newCollectorAccountSchema, uaiSchema } from './schema.ts'

const tags = ['Comptes de collecte']

const list = createRoute({
  method: 'get',
  path: '/v1/collector-accounts',
  tags,
  summary: 'Les comptes des agents d’inventaire de son périmètre',
  request: { query: z.object({ uai: uaiSchema.optional() }) },
  responses: {
    200: jsonAnswer('Les comptes, sans leur secret', z.object({ rows: z.array(collectorAccountSchema) })),
    ...problemResponses('unauthenticated', 'forbidden', 'invalid_input'),
  },
})

const create = createRoute({
  method: 'post',
  path: '/v1/collector-accounts',
  tags,
  summary: 'Créer le compte des agents d’un établissement',
  request: {
    body: jsonBody(newCollectorAccountSchema),
  },
  responses: {
    201: {
      description: 'Identifiant et secret, montré cette seule fois',
      content: {
        'application/json': { schema: z.object({ id: z.uuid(), login: z.string(), secret: z.string() }) },
      },
    },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const revoke = createRoute({
  method: 'delete',
  path: '/v1/collector-accounts/{account}',
  tags,
  summary: 'Révoquer un compte de collecte',
  request: { params: z.object({ account: z.uuid('Numéro de compte incorrect.') }) },
  responses: {
    204: { description: 'Compte révoqué' },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

export const collectorAccountsRoutes = createRouter()
  .openapi(list, async (c) =>
    c.json({ rows: await listCollectorAccounts(c.get('ctx'), c.req.valid('query')) }, 200),
  )
  .openapi(create, async (c) => {
    return c.json(await createCollectorAccount(c.get('ctx'), c.req.valid('json').uai), 201)
  })
  .openapi(revoke, async (c) => {
    await revokeCollectorAccount(c.get('ctx'), c.req.valid('param').account)
    return c.body(null, 204)
  })
