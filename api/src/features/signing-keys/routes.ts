import { createRoute, z } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { uaiParam } from '../etablissements/schema.ts'
import { addSigningKey } from './add-signing-key.ts'
import { listSigningKeys } from './list-signing-keys.ts'
import { revokeSigningKey } from './revoke-signing-key.ts'
import { newSigningKeySchema, signingKeyParams, signingKeysSchema } from './schema.ts'

const tags = ['Sauvegardes']
const path = '/v1/etablissements/{uai}/signing-keys'
const reads = problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input')

const list = createRoute({
  method: 'get',
  path,
  tags,
  summary: 'Les clés qui signent les tests de restauration',
  request: { params: uaiParam },
  responses: { 200: jsonAnswer('La clé de Vigie et celles des machines', signingKeysSchema), ...reads },
})

const add = createRoute({
  method: 'post',
  path,
  tags,
  summary: 'Laisser une machine signer des tests de restauration',
  request: { params: uaiParam, body: jsonBody(newSigningKeySchema) },
  responses: {
    201: jsonAnswer('La clé', z.object({ id: z.string() })),
    ...problemResponses(
      'unauthenticated',
      'forbidden',
      'not_found',
      'conflict',
      'payload_too_large',
      'invalid_input',
    ),
  },
})

const revoke = createRoute({
  method: 'delete',
  path: `${path}/{key}`,
  tags,
  summary: 'Révoquer une clé de signature',
  request: { params: signingKeyParams },
  responses: { 204: { description: 'Clé révoquée' }, ...reads },
})

export const signingKeysRoutes = createRouter()
  .openapi(list, async (c) => c.json(await listSigningKeys(c.get('ctx'), c.req.valid('param').uai), 200))
  .openapi(add, async (c) =>
    c.json(await addSigningKey(c.get('ctx'), c.req.valid('param').uai, c.req.valid('json')), 201),
  )
  .openapi(revoke, async (c) => {
    const { uai, key } = c.req.valid('param')
    await revokeSigningKey(c.get('ctx'), uai, key)
    return c.body(null, 204)
  })
