import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { cancelProcedure } from './cancel-procedure.ts'
import { doStep } from './do-step.ts'
import { listProcedures } from './list-procedures.ts'
import { openProcedure } from './open-procedure.ts'
import { readProcedure } from './read-procedure.ts'
import {
  cancellation,
  newProcedure,
  procedureFilters,
  procedureListSchema,
  procedureParams,
  procedureSchema,
  stepInput,
} from './schema.ts'

const tags = ['Procédures']
const CHANGE = problemResponses(
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'invalid_input',
  'payload_too_large',
)

const list = createRoute({
  method: 'get',
  path: '/v1/procedures',
  tags,
  summary: 'Les cas en cours et clos de son périmètre, et qui doit agir',
  request: { query: procedureFilters },
  responses: {
    200: jsonAnswer('Les cas, les plus urgents d’abord', procedureListSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'invalid_input'),
  },
})

const open = createRoute({
  method: 'post',
  path: '/v1/procedures',
  tags,
  summary: 'Ouvrir un cas : remplacement, retour, perte, départ, première nomination',
  request: { body: jsonBody(newProcedure) },
  responses: { 201: jsonAnswer('Le cas ouvert', procedureSchema), ...CHANGE },
})

const read = createRoute({
  method: 'get',
  path: '/v1/procedures/{id}',
  tags,
  summary: 'Un cas : ses étapes, ce qui reste à faire et par qui',
  request: { params: procedureParams },
  responses: {
    200: jsonAnswer('Le cas', procedureSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const step = createRoute({
  method: 'post',
  path: '/v1/procedures/{id}/steps',
  tags,
  summary: 'Faire une étape',
  request: { params: procedureParams, body: jsonBody(stepInput) },
  responses: { 200: jsonAnswer('Le cas après l’étape', procedureSchema), ...CHANGE },
})

const cancel = createRoute({
  method: 'delete',
  path: '/v1/procedures/{id}',
  tags,
  summary: 'Annuler un cas, avec un motif',
  request: { params: procedureParams, body: jsonBody(cancellation) },
  responses: {
    200: jsonAnswer('Le cas annulé, et ce qui reste à remettre en ordre', procedureSchema),
    ...CHANGE,
  },
})

export const proceduresRoutes = createRouter()
  .openapi(list, async (c) => c.json(await listProcedures(c.get('ctx'), c.req.valid('query')), 200))
  .openapi(open, async (c) => {
    const ctx = c.get('ctx')
    const { id } = await openProcedure(ctx, c.req.valid('json'))
    return c.json(await readProcedure(ctx, id), 201)
  })
  .openapi(read, async (c) => c.json(await readProcedure(c.get('ctx'), c.req.valid('param').id), 200))
  .openapi(step, async (c) =>
    c.json(await doStep(c.get('ctx'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  .openapi(cancel, async (c) =>
    c.json(await cancelProcedure(c.get('ctx'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
