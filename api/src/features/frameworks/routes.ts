import { createRoute, z } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { mapControl, removeFramework } from './change-framework.ts'
import { exportCatalog } from './export-catalog.ts'
import { importFramework } from './import-framework.ts'
import { listFrameworks, readFramework } from './read-frameworks.ts'
import { readStanding } from './read-standing.ts'
import {
  controlParams,
  frameworkDetailSchema,
  frameworkParams,
  frameworkSchema,
  importInput,
  mappingInput,
  standingParams,
  standingSchema,
} from './schema.ts'

const tags = ['Référentiels']

const list = createRoute({
  method: 'get',
  path: '/v1/frameworks',
  tags,
  summary: 'CARINE et les autres référentiels connus',
  responses: {
    200: jsonAnswer('Les référentiels', z.object({ rows: z.array(frameworkSchema) })),
    ...problemResponses('unauthenticated', 'forbidden'),
  },
})

const bring = createRoute({
  method: 'post',
  path: '/v1/frameworks',
  tags,
  summary: 'Apporter un référentiel depuis un catalogue OSCAL',
  request: { body: jsonBody(importInput) },
  responses: {
    201: jsonAnswer('Le référentiel', z.object({ id: z.string(), controls: z.number().int() })),
    ...problemResponses('unauthenticated', 'forbidden', 'conflict', 'invalid_input', 'payload_too_large'),
  },
})

const read = createRoute({
  method: 'get',
  path: '/v1/frameworks/{framework}',
  tags,
  summary: 'Un référentiel et ses mesures',
  request: { params: frameworkParams },
  responses: {
    200: jsonAnswer('Le référentiel', frameworkDetailSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const exported = createRoute({
  method: 'get',
  path: '/v1/frameworks/{framework}/catalog',
  tags,
  summary: 'Un référentiel en catalogue OSCAL',
  request: { params: frameworkParams },
  responses: {
    200: jsonAnswer('Le document OSCAL', z.object({ catalog: z.record(z.string(), z.unknown()) })),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const remove = createRoute({
  method: 'delete',
  path: '/v1/frameworks/{framework}',
  tags,
  summary: 'Retirer un référentiel apporté',
  request: { params: frameworkParams },
  responses: {
    204: { description: 'Référentiel retiré' },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'conflict', 'invalid_input'),
  },
})

const map = createRoute({
  method: 'put',
  path: '/v1/frameworks/{framework}/controls/{control}/requirements',
  tags,
  summary: 'Dire quelles exigences de CARINE répondent à une mesure',
  request: { params: controlParams, body: jsonBody(mappingInput) },
  responses: {
    204: { description: 'Correspondance enregistrée' },
    ...problemResponses(
      'unauthenticated',
      'forbidden',
      'not_found',
      'conflict',
      'invalid_input',
      'payload_too_large',
    ),
  },
})

const standing = createRoute({
  method: 'get',
  path: '/v1/etablissements/{uai}/frameworks/{framework}',
  tags,
  summary: 'Où en est un établissement sur un autre référentiel',
  request: { params: standingParams },
  responses: {
    200: jsonAnswer('Les mesures et leur verdict', standingSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

export const frameworksRoutes = createRouter()
  .openapi(list, async (c) => c.json(await listFrameworks(c.get('ctx')), 200))
  .openapi(bring, async (c) => c.json(await importFramework(c.get('ctx'), c.req.valid('json')), 201))
  .openapi(read, async (c) => c.json(await readFramework(c.get('ctx'), c.req.valid('param').framework), 200))
  .openapi(exported, async (c) =>
    c.json(await exportCatalog(c.get('ctx'), c.req.valid('param').framework), 200),
  )
  .openapi(remove, async (c) => {
    await removeFramework(c.get('ctx'), c.req.valid('param').framework)
    return c.body(null, 204)
  })
  .openapi(map, async (c) => {
    await mapControl(c.get('ctx'), c.req.valid('param'), c.req.valid('json').requirements)
    return c.body(null, 204)
  })
  .openapi(standing, async (c) => c.json(await readStanding(c.get('ctx'), c.req.valid('param')), 200))
