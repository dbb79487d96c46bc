import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { declare } from './declare.ts'
import { requirementParams } from './fields.ts'
import { readDeclarations } from './read-declarations.ts'
import { declarationHistorySchema, declarationInput, declarationSchema, withdrawalSchema } from './schema.ts'
import { withdrawDeclaration } from './withdraw-declaration.ts'

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

const getDeclarations = createRoute({
  method: 'get',
  path: '/v1/etablissements/{uai}/declarations/{requirement}',
  tags,
  summary: 'Ce que l’établissement déclare et a déclaré d’une exigence, avec ses preuves',
  request: { params: requirementParams },
  responses: {
    200: jsonAnswer('La déclaration qui compte, et les précédentes', declarationHistorySchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const deleteDeclaration = createRoute({
  method: 'delete',
  path: '/v1/etablissements/{uai}/declarations/{requirement}',
  tags,
  summary: 'Retirer ce que l’établissement déclare d’une exigence ; l’historique le garde',
  request: { params: requirementParams },
  responses: {
    200: jsonAnswer('Ce qui a été retiré, évalué', withdrawalSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'conflict', 'invalid_input'),
  },
})

export const declarationsRoutes = createRouter()
  .openapi(putDeclaration, async (c) =>
    c.json(await declare(c.get('ctx'), c.req.valid('param'), c.req.valid('json')), 200),
  )
  .openapi(getDeclarations, async (c) =>
    c.json(await readDeclarations(c.get('ctx'), c.req.valid('param')), 200),
  )
  .openapi(deleteDeclaration, async (c) =>
    c.json(await withdrawDeclaration(c.get('ctx'), c.req.valid('param')), 200),
  )
