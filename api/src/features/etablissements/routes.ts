import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { listEtablissements } from './list-etablissements.ts'
import { readEtablissement } from './read-etablissement.ts'
import { etablissementSchema, listQuery, listSchema, uaiParam } from './schema.ts'

const list = createRoute({
  method: 'get',
  path: '/v1/etablissements',
  tags: ['Établissements'],
  summary: 'La mosaïque : établissements et leurs 15 services',
  request: { query: listQuery },
  responses: {
    200: jsonAnswer('Une page', listSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'invalid_input'),
  },
})

const read = createRoute({
  method: 'get',
  path: '/v1/etablissements/{uai}',
  tags: ['Établissements'],
  summary: 'L’identité et les scores d’un établissement',
  request: { params: uaiParam },
  responses: {
    200: jsonAnswer('L’établissement', etablissementSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

export const etablissementsRoutes = createRouter()
  .openapi(list, async (c) => c.json(await listEtablissements(c.get('ctx'), c.req.valid('query')), 200))
  .openapi(read, async (c) => c.json(await readEtablissement(c.get('ctx'), c.req.valid('param').uai), 200))
