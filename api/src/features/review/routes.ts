import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { decideCases } from './decide-cases.ts'
import { listBatches } from './list-batches.ts'
import { listReview } from './list-review.ts'
import { readCase } from './read-case.ts'
import { readFigures } from './read-figures.ts'
import {
  batchesQuery,
  batchesSchema,
  batchParams,
  caseParams,
  decisionsInput,
  decisionsSchema,
  figuresSchema,
  remindersInput,
  remindersSchema,
  reviewCaseSchema,
  reviewFilters,
  reviewQuery,
  reviewSchema,
  undoneSchema,
} from './schema.ts'
import { sendReminders } from './send-reminders.ts'
import { undoBatch } from './undo-batch.ts'

const tags = ['Revue']
const reading = problemResponses('unauthenticated', 'forbidden', 'invalid_input')

const list = createRoute({
  method: 'get',
  path: '/v1/review',
  tags,
  summary: 'La file de revue : ce qui attend une décision, le plus ancien d’abord',
  request: { query: reviewQuery },
  responses: { 200: jsonAnswer('Une page de la file', reviewSchema), ...reading },
})

const figures = createRoute({
  method: 'get',
  path: '/v1/review-figures',
  tags,
  summary: 'Combien de cas attendent, par nature',
  request: { query: reviewFilters },
  responses: { 200: jsonAnswer('Les nombres', figuresSchema), ...reading },
})

const readOne = createRoute({
  method: 'get',
  path: '/v1/review/cases/{kind}/{case}',
  tags,
  summary: 'Un cas de la file, et sa place parmi ceux de sa nature',
  request: { params: caseParams, query: reviewFilters },
  responses: {
    200: jsonAnswer('Le cas', reviewCaseSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const decide = createRoute({
  method: 'post',
  path: '/v1/review/decisions',
  tags,
  summary: 'Décider un ou plusieurs cas ; `preview` calcule l’effet sans rien écrire',
  request: { body: jsonBody(decisionsInput) },
  responses: {
    200: jsonAnswer('Ce qui a été décidé, ou ce qui le serait', decisionsSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'conflict', 'invalid_input', 'payload_too_large'),
  },
})

const remind = createRoute({
  method: 'post',
  path: '/v1/review/reminders',
  tags,
  summary: 'Demander par courriel le renouvellement de déclarations',
  request: { body: jsonBody(remindersInput) },
  responses: {
    200: jsonAnswer('Les relances mises en file', remindersSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input', 'payload_too_large'),
  },
})

const batches = createRoute({
  method: 'get',
  path: '/v1/review/batches',
  tags,
  summary: 'Les décisions prises, lot par lot',
  request: { query: batchesQuery },
  responses: { 200: jsonAnswer('Les lots, le plus récent d’abord', batchesSchema), ...reading },
})

const undo = createRoute({
  method: 'post',
  path: '/v1/review/batches/{id}/undo',
  tags,
  summary: 'Annuler un lot de décisions, hors ce que du plus récent a remplacé',
  request: { params: batchParams },
  responses: {
    200: jsonAnswer('Ce qui a été annulé, et ce qui reste', undoneSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'conflict', 'invalid_input'),
  },
})

export const reviewRoutes = createRouter()
  .openapi(list, async (c) => c.json(await listReview(c.get('ctx'), c.req.valid('query')), 200))
  .openapi(figures, async (c) => c.json(await readFigures(c.get('ctx'), c.req.valid('query')), 200))
  .openapi(readOne, async (c) =>
    c.json(await readCase(c.get('ctx'), c.req.valid('param'), c.req.valid('query')), 200),
  )
  .openapi(decide, async (c) => c.json(await decideCases(c.get('ctx'), c.req.valid('json')), 200))
  .openapi(remind, async (c) => c.json(await sendReminders(c.get('ctx'), c.req.valid('json')), 200))
  .openapi(batches, async (c) => c.json(await listBatches(c.get('ctx'), c.req.valid('query')), 200))
  .openapi(undo, async (c) => c.json(await undoBatch(c.get('ctx'), c.req.valid('param')), 200))
