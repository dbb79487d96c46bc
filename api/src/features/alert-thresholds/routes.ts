import { createRoute, z } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { clearThreshold } from './clear-threshold.ts'
import { listThresholds } from './list-thresholds.ts'
import {
  alertThresholdInput,
  alertThresholdParams,
  alertThresholdQuery,
  alertThresholdSchema,
} from './schema.ts'
import { setThreshold } from './set-threshold.ts'

const tags = ['Seuils d’alerte']

const list = createRoute({
  method: 'get',
  path: '/v1/alert-thresholds',
  tags,
  summary: 'Les seuils des alertes : origine, bornes, valeur en vigueur',
  request: { query: alertThresholdQuery },
  responses: {
    200: jsonAnswer('Les seuils', z.object({ rows: z.array(alertThresholdSchema) })),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const put = createRoute({
  method: 'put',
  path: '/v1/alert-thresholds/{academie}/{alert}',
  tags,
  summary: 'Régler le seuil d’une alerte pour une académie',
  request: { params: alertThresholdParams, body: jsonBody(alertThresholdInput) },
  responses: {
    200: jsonAnswer('Le seuil', alertThresholdSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input', 'payload_too_large'),
  },
})

const clear = createRoute({
  method: 'delete',
  path: '/v1/alert-thresholds/{academie}/{alert}',
  tags,
  summary: 'Rendre à une alerte son seuil d’origine',
  request: { params: alertThresholdParams },
  responses: {
    204: { description: 'Seuil d’origine' },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

export const alertThresholdsRoutes = createRouter()
  .openapi(list, async (c) =>
    c.json({ rows: await listThresholds(c.get('ctx'), c.req.valid('query').academie) }, 200),
  )
  .openapi(put, async (c) =>
    c.json(await setThreshold(c.get('ctx'), c.req.valid('param'), c.req.valid('json')), 200),
  )
  .openapi(clear, async (c) => {
    await clearThreshold(c.get('ctx'), c.req.valid('param'))
    return c.body(null, 204)
  })
