import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { readCatalogue } from './read-catalogue.ts'
import { catalogueSchema } from './schema.ts'

const read = createRoute({
  method: 'get',
  path: '/v1/catalogue',
  tags: ['Catalogue'],
  summary: 'Les 15 services et les 163 exigences',
  responses: {
    200: jsonAnswer('Le catalogue', catalogueSchema),
    ...problemResponses('unauthenticated', 'forbidden'),
  },
})

export const catalogueRoutes = createRouter().openapi(read, (c) => c.json(readCatalogue(c.get('ctx')), 200))
