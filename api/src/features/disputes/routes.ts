import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { etablissementParams } from '../declarations/fields.ts'
import { decideDispute } from './decide-dispute.ts'
import { openDispute } from './open-dispute.ts'
import { disputeDecisionInput, disputeInput, disputeParams, disputeSchema } from './schema.ts'
import { withdrawDispute } from './withdraw-dispute.ts'

const tags = ['Revue']
const refusals = problemResponses(
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'invalid_input',
  'payload_too_large',
)

const open = createRoute({
  method: 'post',
  path: '/v1/etablissements/{uai}/disputes',
  tags,
  summary: 'Contester un verdict : sans objet ici, ou observation fausse',
  request: { params: etablissementParams, body: jsonBody(disputeInput) },
  responses: { 201: jsonAnswer('La contestation', disputeSchema), ...refusals },
})

const decide = createRoute({
  method: 'post',
  path: '/v1/disputes/{id}/decision',
  tags,
  summary: 'Accepter ou refuser une contestation',
  request: { params: disputeParams, body: jsonBody(disputeDecisionInput) },
  responses: { 200: jsonAnswer('La contestation, évaluée', disputeSchema), ...refusals },
})

const withdraw = createRoute({
  method: 'delete',
  path: '/v1/disputes/{id}',
  tags,
  summary: 'Retirer une contestation',
  request: { params: disputeParams },
  responses: { 204: { description: 'Contestation retirée' }, ...refusals },
})

export const disputesRoutes = createRouter()
  .openapi(open, async (c) =>
    c.json(await openDispute(c.get('ctx'), c.req.valid('param'), c.req.valid('json')), 201),
  )
  .openapi(decide, async (c) =>
    c.json(await decideDispute(c.get('ctx'), c.req.valid('param'), c.req.valid('json')), 200),
  )
  .openapi(withdraw, async (c) => {
    await withdrawDispute(c.get('ctx'), c.req.valid('param'))
    return c.body(null, 204)
  })
