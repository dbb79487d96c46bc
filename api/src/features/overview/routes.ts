import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { readOverview } from './read-overview.ts'
import { overviewQuery, overviewSchema } from './schema.ts'

const read = createRoute({
  method: 'get',
  path: '/v1/overview',
  tags: ['Conformité'],
  summary: 'La conformité d’un territoire : scores, carte, écarts, changements',
  request: { query: overviewQuery },
  responses: {
    200: jsonAnswer('Le tableau de bord', overviewSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'invalid_input'),
  },
})

export const overviewRoutes = createRouter().openapi(read, async (c) =>
  c.json(await readOverview(c.get('ctx'), c.req.valid('query')), 200),
)
