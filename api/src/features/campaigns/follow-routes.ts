import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { comparisonQuery, comparisonSchema, snapshotQuery, snapshotSchema } from './frozen-schema.ts'
import { assignEtablissement, assignEtablissements } from './assign-etablissements.ts'
import { compareCampaigns } from './compare-campaigns.ts'
import { listOfficers } from './list-officers.ts'
import { listOwnCampaigns } from './list-own-campaigns.ts'
import { readProgressByOfficer, readProgressByService } from './read-progress-by.ts'
import { readProgress } from './read-progress.ts'
import { readSnapshot } from './read-snapshot.ts'
import {
  assignedParams,
  assignedSchema,
  assignmentInput,
  assignmentsInput,
  campaignParams,
  etablissementParams,
  officerProgressSchema,
  officersSchema,
  ownCampaignsSchema,
  progressQuery,
  progressSchema,
  serviceProgressQuery,
  serviceProgressSchema,
  snapshotParams,
} from './schema.ts'

const tags = ['Campagnes']
const READING = ['unauthenticated', 'forbidden', 'not_found', 'invalid_input'] as const
const CHANGING = [...READING, 'conflict'] as const

const progress = createRoute({
  method: 'get',
  path: '/v1/campaigns/{id}/progress',
  tags,
  summary: 'Où en est chaque établissement',
  request: { params: campaignParams, query: progressQuery },
  responses: {
    200: jsonAnswer('Une page d’établissements', progressSchema),
    ...problemResponses(...READING),
  },
})

const byOfficer = createRoute({
  method: 'get',
  path: '/v1/campaigns/{id}/progress/officers',
  tags,
  summary: 'Où en est chaque agent',
  request: { params: campaignParams },
  responses: { 200: jsonAnswer('Les agents', officerProgressSchema), ...problemResponses(...READING) },
})

const byService = createRoute({
  method: 'get',
  path: '/v1/campaigns/{id}/progress/services',
  tags,
  summary: 'Où en est chaque service',
  request: { params: campaignParams, query: serviceProgressQuery },
  responses: { 200: jsonAnswer('Les services', serviceProgressSchema), ...problemResponses(...READING) },
})

const officers = createRoute({
  method: 'get',
  path: '/v1/campaigns/{id}/officers',
  tags,
  summary: 'Les agents à qui confier des établissements',
  request: { params: campaignParams },
  responses: { 200: jsonAnswer('Les agents', officersSchema), ...problemResponses(...READING) },
})

const assignOne = createRoute({
  method: 'put',
  path: '/v1/campaigns/{id}/etablissements/{uai}',
  tags,
  summary: 'Confier un établissement, fixer le jour de la visite',
  request: { params: assignedParams, body: jsonBody(assignmentInput) },
  responses: {
    200: jsonAnswer('Combien d’établissements', assignedSchema),
    ...problemResponses(...CHANGING),
  },
})

const assignMany = createRoute({
  method: 'put',
  path: '/v1/campaigns/{id}/assignments',
  tags,
  summary: 'Confier plusieurs établissements, ou tous ceux d’un filtre',
  request: { params: campaignParams, body: jsonBody(assignmentsInput) },
  responses: {
    200: jsonAnswer('Combien d’établissements', assignedSchema),
    ...problemResponses(...CHANGING),
  },
})

const snapshot = createRoute({
  method: 'get',
  path: '/v1/campaigns/{id}/snapshots/{phase}',
  tags,
  summary: 'Ce qui a été figé à l’ouverture ou à la clôture',
  request: { params: snapshotParams, query: snapshotQuery },
  responses: {
    200: jsonAnswer('Une page d’établissements', snapshotSchema),
    ...problemResponses(...READING),
  },
})

const comparison = createRoute({
  method: 'get',
  path: '/v1/campaign-comparison',
  tags,
  summary: 'Ce qui a progressé, reculé ou n’a pas bougé entre deux photographies',
  request: { query: comparisonQuery },
  responses: { 200: jsonAnswer('La comparaison', comparisonSchema), ...problemResponses(...READING) },
})

const own = createRoute({
  method: 'get',
  path: '/v1/etablissements/{uai}/campaigns',
  tags,
  summary: 'Les campagnes d’un établissement',
  request: { params: etablissementParams },
  responses: {
    200: jsonAnswer('Les campagnes, les ouvertes d’abord', ownCampaignsSchema),
    ...problemResponses(...READING),
  },
})

export const campaignFollowRoutes = createRouter()
  .openapi(progress, async (c) =>
    c.json(await readProgress(c.get('ctx'), c.req.valid('param').id, c.req.valid('query')), 200),
  )
  .openapi(byOfficer, async (c) =>
    c.json(await readProgressByOfficer(c.get('ctx'), c.req.valid('param').id), 200),
  )
  .openapi(byService, async (c) =>
    c.json(await readProgressByService(c.get('ctx'), c.req.valid('param').id, c.req.valid('query')), 200),
  )
  .openapi(officers, async (c) => c.json(await listOfficers(c.get('ctx'), c.req.valid('param').id), 200))
  .openapi(assignOne, async (c) =>
    c.json(await assignEtablissement(c.get('ctx'), c.req.valid('param'), c.req.valid('json')), 200),
  )
  .openapi(assignMany, async (c) =>
    c.json(await assignEtablissements(c.get('ctx'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  .openapi(snapshot, async (c) =>
    c.json(await readSnapshot(c.get('ctx'), c.req.valid('param'), c.req.valid('query')), 200),
  )
  .openapi(comparison, async (c) => c.json(await compareCampaigns(c.get('ctx'), c.req.valid('query')), 200))
  .openapi(own, async (c) => c.json(await listOwnCampaigns(c.get('ctx'), c.req.valid('param').uai), 200))
