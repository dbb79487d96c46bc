import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { uaiParam } from '../etablissements/schema.ts'
import { changeTarget } from './change-target.ts'
import { declareTarget } from './declare-target.ts'
import { deleteTarget } from './delete-target.ts'
import { discoverTargets } from './discover-targets.ts'
import { listTargets } from './list-targets.ts'
import {
  discoveryQuery,
  discoverySchema,
  newTargetSchema,
  targetChangeSchema,
  targetParams,
  targetSchema,
  targetsSchema,
} from './schema.ts'

const tags = ['Supervision']
const refusals = problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input')
const changes = problemResponses(
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'invalid_input',
  'payload_too_large',
)

const list = createRoute({
  method: 'get',
  path: '/v1/etablissements/{uai}/targets',
  tags,
  summary: 'Ce que Prometheus surveille dans un établissement',
  request: { params: uaiParam },
  responses: { 200: jsonAnswer('Les cibles', targetsSchema), ...refusals },
})

const declare = createRoute({
  method: 'post',
  path: '/v1/etablissements/{uai}/targets',
  tags,
  summary: 'Faire surveiller une machine, un site ou un service',
  request: { params: uaiParam, body: jsonBody(newTargetSchema) },
  responses: { 201: jsonAnswer('La cible', targetSchema), ...changes },
})

const change = createRoute({
  method: 'patch',
  path: '/v1/etablissements/{uai}/targets/{targetId}',
  tags,
  summary: 'Mettre une cible de côté ou la reprendre, la nommer, dire son service',
  request: { params: targetParams, body: jsonBody(targetChangeSchema) },
  responses: { 200: jsonAnswer('La cible', targetSchema), ...changes },
})

const remove = createRoute({
  method: 'delete',
  path: '/v1/etablissements/{uai}/targets/{targetId}',
  tags,
  summary: 'Ne plus surveiller une cible déclarée',
  request: { params: targetParams },
  responses: {
    204: { description: 'Cible supprimée' },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'conflict', 'invalid_input'),
  },
})

const discover = createRoute({
  method: 'get',
  path: '/v1/sd/targets',
  tags,
  summary: 'La découverte de services de Prometheus (http_sd_config)',
  request: { query: discoveryQuery },
  responses: {
    200: jsonAnswer('Toutes les cibles du périmètre du jeton', discoverySchema),
    ...problemResponses('unauthenticated', 'forbidden', 'invalid_input'),
  },
})

export const targetsRoutes = createRouter()
  .openapi(list, async (c) => c.json(await listTargets(c.get('ctx'), c.req.valid('param').uai), 200))
  .openapi(declare, async (c) =>
    c.json(await declareTarget(c.get('ctx'), c.req.valid('param').uai, c.req.valid('json')), 201),
  )
  .openapi(change, async (c) =>
    c.json(await changeTarget(c.get('ctx'), c.req.valid('param'), c.req.valid('json')), 200),
  )
  .openapi(remove, async (c) => {
    await deleteTarget(c.get('ctx'), c.req.valid('param'))
    return c.body(null, 204)
  })
  .openapi(discover, async (c) => c.json(await discoverTargets(c.get('ctx'), c.req.valid('query')), 200))
