import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { uaiParam } from '../etablissements/schema.ts'
import { changeMachine } from './change-machine.ts'
import { listParc } from './list-parc.ts'
import { readMachine } from './read-machine.ts'
import { machineChangeSchema, machineParams, machineSchema, parcQuery, parcSchema } from './schema.ts'

const refusals = problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input')
const machine = jsonAnswer('La machine', machineSchema)
const params = uaiParam.extend(machineParams.shape)

const list = createRoute({
  method: 'get',
  path: '/v1/etablissements/{uai}/parc',
  tags: ['Parc'],
  summary: 'Les machines d’un établissement',
  request: { params: uaiParam, query: parcQuery },
  responses: {
    200: jsonAnswer('Le parc', parcSchema),
    ...refusals,
  },
})

const read = createRoute({
  method: 'get',
  path: '/v1/etablissements/{uai}/parc/{machineId}',
  tags: ['Parc'],
  summary: 'Une machine : matériel, système, protections, logiciels',
  request: { params },
  responses: { 200: machine, ...refusals },
})

const change = createRoute({
  method: 'patch',
  path: '/v1/etablissements/{uai}/parc/{machineId}',
  tags: ['Parc'],
  summary: 'Note l’usage d’une machine, son partage, sa sortie du parc',
  request: {
    params,
    body: jsonBody(machineChangeSchema),
  },
  responses: { 200: machine, ...refusals },
})

export const parcRoutes = createRouter()
  .openapi(list, async (c) =>
    c.json(await listParc(c.get('ctx'), c.req.valid('param').uai, c.req.valid('query')), 200),
  )
  .openapi(read, async (c) => {
    const { uai, machineId } = c.req.valid('param')
    return c.json(await readMachine(c.get('ctx'), uai, machineId), 200)
  })
  .openapi(change, async (c) => {
    const { uai, machineId } = c.req.valid('param')
    return c.json(await changeMachine(c.get('ctx'), uai, machineId, c.req.valid('json')), 200)
  })
