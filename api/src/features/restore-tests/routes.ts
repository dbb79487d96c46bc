import { createRoute, z } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { uaiParam } from '../etablissements/schema.ts'
import { listRestoreTests, verifyRestoreTest } from './list-restore-tests.ts'
import { receiveSignedTest } from './receive-signed-test.ts'
import { recordRestoreTest } from './record-restore-test.ts'
import {
  newRestoreTestSchema,
  restoreTestParams,
  restoreTestsSchema,
  signedTestSchema,
  verificationSchema,
} from './schema.ts'

const tags = ['Sauvegardes']
const reads = problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input')
const created = jsonAnswer('Test enregistré', z.object({ id: z.uuid() }))

const receive = createRoute({
  method: 'post',
  path: '/v1/collect/restore-tests',
  tags: ['Collecte'],
  summary: 'Recevoir un test de restauration signé par une machine',
  request: { body: jsonBody(signedTestSchema) },
  responses: {
    201: created,
    ...problemResponses('unauthenticated', 'forbidden', 'conflict', 'payload_too_large', 'invalid_input'),
  },
})

const list = createRoute({
  method: 'get',
  path: '/v1/etablissements/{uai}/restore-tests',
  tags,
  summary: 'Les tests de restauration d’un établissement',
  request: { params: uaiParam },
  responses: { 200: jsonAnswer('Les tests, du plus récent au plus ancien', restoreTestsSchema), ...reads },
})

const add = createRoute({
  method: 'post',
  path: '/v1/etablissements/{uai}/restore-tests',
  tags,
  summary: 'Enregistrer un test de restauration fait par une personne',
  request: { params: uaiParam, body: jsonBody(newRestoreTestSchema) },
  responses: {
    201: created,
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

const verify = createRoute({
  method: 'get',
  path: '/v1/etablissements/{uai}/restore-tests/{id}',
  tags,
  summary: 'Un test, son texte signé et la vérification de sa signature',
  request: { params: restoreTestParams },
  responses: { 200: jsonAnswer('Le test et sa vérification', verificationSchema), ...reads },
})

export const restoreTestsRoutes = createRouter()
  .openapi(receive, async (c) => c.json(await receiveSignedTest(c.get('ctx'), c.req.valid('json')), 201))
  .openapi(list, async (c) => c.json(await listRestoreTests(c.get('ctx'), c.req.valid('param').uai), 200))
  .openapi(add, async (c) =>
    c.json(await recordRestoreTest(c.get('ctx'), c.req.valid('param').uai, c.req.valid('json')), 201),
  )
  .openapi(verify, async (c) => {
    const { uai, id } = c.req.valid('param')
    return c.json(await verifyRestoreTest(c.get('ctx'), uai, id), 200)
  })
