import { createRoute, z } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { createAccount } from './create-account.ts'
import { disableAccount } from './disable-account.ts'
import { grantRole } from './grant-role.ts'
import { listAccounts } from './list-accounts.ts'
import { revokeRole } from './revoke-role.ts'
import { accountListSchema, grantSchema, newAccountSchema, pageQuerySchema } from './schema.ts'
import { setPassword } from './set-password.ts'

const tags = ['Comptes']
const accountParams = z.object({ account: z.uuid('Numéro de compte incorrect.') })
const created = jsonAnswer('Créé', z.object({ id: z.uuid() }))

const list = createRoute({
  method: 'get',
  path: '/v1/accounts',
  tags,
  summary: 'Les comptes de son périmètre',
  request: { query: pageQuerySchema },
  responses: {
    200: jsonAnswer('Une page de comptes', accountListSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'invalid_input'),
  },
})

const create = createRoute({
  method: 'post',
  path: '/v1/accounts',
  tags,
  summary: 'Créer un compte',
  request: { body: jsonBody(newAccountSchema) },
  responses: {
    201: created,
    ...problemResponses('unauthenticated', 'forbidden', 'invalid_input', 'conflict'),
  },
})

const disable = createRoute({
  method: 'delete',
  path: '/v1/accounts/{account}',
  tags,
  summary: 'Désactiver un compte et fermer ses sessions',
  request: { params: accountParams },
  responses: {
    204: { description: 'Compte désactivé' },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input', 'conflict'),
  },
})

const password = createRoute({
  method: 'put',
  path: '/v1/accounts/{account}/password',
  tags,
  summary: 'Remplacer un mot de passe et fermer les sessions du compte',
  request: {
    params: accountParams,
    body: {
      required: true,
      content: { 'application/json': { schema: z.object({ password: z.string().max(1_000) }) } },
    },
  },
  responses: {
    204: { description: 'Mot de passe remplacé' },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input', 'conflict'),
  },
})

const grant = createRoute({
  method: 'post',
  path: '/v1/accounts/{account}/grants',
  tags,
  summary: 'Donner un rôle',
  request: {
    params: accountParams,
    body: jsonBody(grantSchema),
  },
  responses: {
    201: created,
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input', 'conflict'),
  },
})

const revoke = createRoute({
  method: 'delete',
  path: '/v1/accounts/{account}/grants/{grant}',
  tags,
  summary: 'Retirer un rôle',
  request: { params: accountParams.extend({ grant: z.uuid('Numéro de rôle incorrect.') }) },
  responses: {
    204: { description: 'Rôle retiré' },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input', 'conflict'),
  },
})

export const accountsRoutes = createRouter()
  .openapi(list, async (c) => c.json(await listAccounts(c.get('ctx'), c.req.valid('query')), 200))
  .openapi(create, async (c) => c.json({ id: await createAccount(c.get('ctx'), c.req.valid('json')) }, 201))
  .openapi(disable, async (c) => {
    await disableAccount(c.get('ctx'), c.req.valid('param').account)
    return c.body(null, 204)
  })
  .openapi(password, async (c) => {
    await setPassword(c.get('ctx'), c.req.valid('param').account, c.req.valid('json').password)
    return c.body(null, 204)
  })
  .openapi(grant, async (c) => {
    const id = await grantRole(c.get('ctx'), c.req.valid('param').account, c.req.valid('json'))
    return c.json({ id }, 201)
  })
  .openapi(revoke, async (c) => {
    const { account, grant: grantId } = c.req.valid('param')
    await revokeRole(c.get('ctx'), account, grantId)
    return c.body(null, 204)
  })
