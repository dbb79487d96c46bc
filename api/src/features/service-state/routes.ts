import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { uaiParam } from '../etablissements/schema.ts'
import { readSupervision } from './read-supervision.ts'
import { supervisionSchema } from './schema.ts'

const read = createRoute({
  method: 'get',
  path: '/v1/etablissements/{uai}/supervision',
  tags: ['Supervision'],
  summary: 'L’état des services d’un établissement, tel que Prometheus le mesure',
  request: { params: uaiParam },
  responses: {
    200: jsonAnswer('L’état, avec ses dates', supervisionSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

export const serviceStateRoutes = createRouter().openapi(read, async (c) =>
  c.json(await readSupervision(c.get('ctx'), c.req.valid('param').uai), 200),
)
