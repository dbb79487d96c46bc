import { createRoute, z } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { uaiParam } from '../etablissements/schema.ts'
import { listRequirements } from './list-requirements.ts'
import { readBulletin } from './read-bulletin.ts'
import { readRequirement } from './read-requirement.ts'
import { requirementDetailSchema } from './requirement-schema.ts'
import { bulletinSchema, requirementsQuery, requirementsSchema } from './schema.ts'

const refusals = problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input')

const bulletin = createRoute({
  method: 'get',
  path: '/v1/etablissements/{uai}/bulletin',
  tags: ['Conformité'],
  summary: 'Le bulletin : une appréciation par service, trois priorités, ce qu’on ne sait pas',
  request: { params: uaiParam },
  responses: {
    200: jsonAnswer('Le bulletin', bulletinSchema),
    ...refusals,
  },
})

const list = createRoute({
  method: 'get',
  path: '/v1/etablissements/{uai}/requirements',
  tags: ['Conformité'],
  summary: 'Les 163 exigences d’un établissement et leur statut',
  request: { params: uaiParam, query: requirementsQuery },
  responses: {
    200: jsonAnswer('Les exigences', requirementsSchema),
    ...refusals,
  },
})

const read = createRoute({
  method: 'get',
  path: '/v1/etablissements/{uai}/requirements/{requirement}',
  tags: ['Conformité'],
  summary: 'Une exigence : verdict, preuves, histoire, remède',
  request: {
    params: uaiParam.extend({
      requirement: z.string().openapi({
        param: { name: 'requirement', in: 'path' },
        example: 'MCO-SVG-1',
      }),
    }),
  },
  responses: {
    200: jsonAnswer('L’exigence', requirementDetailSchema),
    ...refusals,
  },
})

export const conformityRoutes = createRouter()
  .openapi(bulletin, async (c) => c.json(await readBulletin(c.get('ctx'), c.req.valid('param').uai), 200))
  .openapi(list, async (c) =>
    c.json(await listRequirements(c.get('ctx'), c.req.valid('param').uai, c.req.valid('query')), 200),
  )
  .openapi(read, async (c) => {
    const { uai, requirement } = c.req.valid('param')
    return c.json(await readRequirement(c.get('ctx'), uai, requirement), 200)
  })
