import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { uaiParam } from '../etablissements/schema.ts'
import { readChanges } from './read-changes.ts'
import { readHistory } from './read-history.ts'
import { readTrend } from './read-trend.ts'
import { changesQuery, changesSchema, historyQuery, historySchema, trendSchema } from './schema.ts'

const tags = ['Historique']
const refusals = problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input')

const history = createRoute({
  method: 'get',
  path: '/v1/etablissements/{uai}/history',
  tags,
  summary: 'Le statut de chaque exigence et le score, à la fin d’un jour passé',
  request: { params: uaiParam, query: historyQuery },
  responses: { 200: jsonAnswer('L’état ce jour-là', historySchema), ...refusals },
})

const trend = createRoute({
  method: 'get',
  path: '/v1/etablissements/{uai}/trend',
  tags,
  summary: 'Le score, année scolaire par année scolaire',
  request: { params: uaiParam },
  responses: { 200: jsonAnswer('La tendance', trendSchema), ...refusals },
})

const changes = createRoute({
  method: 'get',
  path: '/v1/etablissements/{uai}/changes',
  tags,
  summary: 'Ce qui a changé depuis la dernière visite, ou depuis une date',
  request: { params: uaiParam, query: changesQuery },
  responses: { 200: jsonAnswer('Les changements, par exigence', changesSchema), ...refusals },
})

export const historyRoutes = createRouter()
  .openapi(history, async (c) =>
    c.json(await readHistory(c.get('ctx'), c.req.valid('param').uai, c.req.valid('query')), 200),
  )
  .openapi(trend, async (c) => c.json(await readTrend(c.get('ctx'), c.req.valid('param').uai), 200))
  .openapi(changes, async (c) =>
    c.json(await readChanges(c.get('ctx'), c.req.valid('param').uai, c.req.valid('query')), 200),
  )
