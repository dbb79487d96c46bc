import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { etablissementParams } from '../declarations/fields.ts'
import { approveDerogation } from './approve-derogation.ts'
import { listDerogations } from './list-derogations.ts'
import { refuseDerogation } from './refuse-derogation.ts'
import { requestDerogation } from './request-derogation.ts'
import {
  approvalInput,
  derogationInput,
  derogationParams,
  derogationSchema,
  derogationsSchema,
  refusalInput,
} from './schema.ts'
import { withdrawDerogation } from './withdraw-derogation.ts'

const root = '/v1/etablissements/{uai}/derogations'
const tags = ['Revue']
const refusals = problemResponses(
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'invalid_input',
  'payload_too_large',
)

const list = createRoute({
  method: 'get',
  path: root,
  tags,
  summary: 'Les dérogations demandées par un établissement',
  request: { params: etablissementParams },
  responses: {
    200: jsonAnswer('Les dérogations, la plus récente d’abord', derogationsSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const request = createRoute({
  method: 'post',
  path: root,
  tags,
  summary: 'Demander une dérogation à une exigence recommandée',
  request: { params: etablissementParams, body: jsonBody(derogationInput) },
  responses: { 201: jsonAnswer('La demande', derogationSchema), ...refusals },
})

const approve = createRoute({
  method: 'post',
  path: `${root}/{id}/approval`,
  tags,
  summary: 'Accorder une dérogation',
  request: { params: derogationParams, body: jsonBody(approvalInput) },
  responses: { 200: jsonAnswer('La dérogation, évaluée', derogationSchema), ...refusals },
})

const refuse = createRoute({
  method: 'post',
  path: `${root}/{id}/refusal`,
  tags,
  summary: 'Refuser une dérogation, avec le motif',
  request: { params: derogationParams, body: jsonBody(refusalInput) },
  responses: { 200: jsonAnswer('La demande refusée', derogationSchema), ...refusals },
})

const withdraw = createRoute({
  method: 'post',
  path: `${root}/{id}/withdrawal`,
  tags,
  summary: 'Retirer une demande, ou mettre fin à une dérogation avant son échéance',
  request: { params: derogationParams },
  responses: { 200: jsonAnswer('La dérogation retirée, évaluée', derogationSchema), ...refusals },
})

export const derogationsRoutes = createRouter()
  .openapi(list, async (c) => c.json(await listDerogations(c.get('ctx'), c.req.valid('param')), 200))
  .openapi(request, async (c) =>
    c.json(await requestDerogation(c.get('ctx'), c.req.valid('param'), c.req.valid('json')), 201),
  )
  .openapi(approve, async (c) =>
    c.json(await approveDerogation(c.get('ctx'), c.req.valid('param'), c.req.valid('json')), 200),
  )
  .openapi(refuse, async (c) =>
    c.json(await refuseDerogation(c.get('ctx'), c.req.valid('param'), c.req.valid('json')), 200),
  )
  .openapi(withdraw, async (c) => c.json(await withdrawDerogation(c.get('ctx'), c.req.valid('param')), 200))
