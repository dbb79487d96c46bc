import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { requirementParams } from '../declarations/fields.ts'
import { arbitrate } from './arbitrate.ts'
import { arbitrationInput, arbitrationSchema } from './schema.ts'
import { withdrawArbitration } from './withdraw-arbitration.ts'

const path = '/v1/etablissements/{uai}/arbitrations/{requirement}'
const tags = ['Revue']

const put = createRoute({
  method: 'put',
  path,
  tags,
  summary: 'Trancher une contradiction, avec un motif et une échéance',
  request: { params: requirementParams, body: jsonBody(arbitrationInput) },
  responses: {
    200: jsonAnswer('L’arbitrage, évalué', arbitrationSchema),
    ...problemResponses(
      'unauthenticated',
      'forbidden',
      'not_found',
      'conflict',
      'invalid_input',
      'payload_too_large',
    ),
  },
})

const withdraw = createRoute({
  method: 'delete',
  path,
  tags,
  summary: 'Retirer l’arbitrage en cours : l’observation et la déclaration comptent de nouveau',
  request: { params: requirementParams },
  responses: {
    204: { description: 'Arbitrage retiré' },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

export const arbitrationsRoutes = createRouter()
  .openapi(put, async (c) =>
    c.json(await arbitrate(c.get('ctx'), c.req.valid('param'), c.req.valid('json')), 200),
  )
  .openapi(withdraw, async (c) => {
    await withdrawArbitration(c.get('ctx'), c.req.valid('param'))
    return c.body(null, 204)
  })
