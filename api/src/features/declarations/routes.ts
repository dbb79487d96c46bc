import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { approveDerogation } from './approve-derogation.ts'
import { arbitrate } from './arbitrate.ts'
import { declare } from './declare.ts'
import { requestDerogation } from './request-derogation.ts'
import {
  approvalInput,
  approvalParams,
  arbitrationInput,
  arbitrationSchema,
  declarationInput,
  declarationSchema,
  derogationInput,
  derogationSchema,
  etablissementParams,
  requirementParams,
} from './schema.ts'

const tags = ['Déclarations']

const putDeclaration = createRoute({
  method: 'put',
  path: '/v1/etablissements/{uai}/declarations/{requirement}',
  tags,
  summary: 'Déclarer où en est une exigence, pour 12 mois',
  request: { params: requirementParams, body: jsonBody(declarationInput) },
  responses: {
    200: jsonAnswer('La déclaration, évaluée', declarationSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input', 'payload_too_large'),
  },
})

const putArbitration = createRoute({
  method: 'put',
  path: '/v1/etablissements/{uai}/arbitrations/{requirement}',
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

const postDerogation = createRoute({
  method: 'post',
  path: '/v1/etablissements/{uai}/derogations',
  tags,
  summary: 'Demander une dérogation à une exigence recommandée',
  request: { params: etablissementParams, body: jsonBody(derogationInput) },
  responses: {
    201: jsonAnswer('La demande', derogationSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input', 'payload_too_large'),
  },
})

const postApproval = createRoute({
  method: 'post',
  path: '/v1/etablissements/{uai}/derogations/{id}/approval',
  tags,
  summary: 'Accorder une dérogation',
  request: { params: approvalParams, body: jsonBody(approvalInput) },
  responses: {
    200: jsonAnswer('La dérogation, évaluée', derogationSchema),
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

export const declarationsRoutes = createRouter()
  .openapi(putDeclaration, async (c) =>
    c.json(await declare(c.get('ctx'), c.req.valid('param'), c.req.valid('json')), 200),
  )
  .openapi(putArbitration, async (c) =>
    c.json(await arbitrate(c.get('ctx'), c.req.valid('param'), c.req.valid('json')), 200),
  )
  .openapi(postDerogation, async (c) =>
    c.json(await requestDerogation(c.get('ctx'), c.req.valid('param'), c.req.valid('json')), 201),
  )
  .openapi(postApproval, async (c) =>
    c.json(await approveDerogation(c.get('ctx'), c.req.valid('param'), c.req.valid('json')), 200),
  )
