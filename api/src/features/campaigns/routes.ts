import { createRoute, z } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { changeCampaign } from './change-campaign.ts'
import { closeCampaign } from './close-campaign.ts'
import { createCampaign } from './create-campaign.ts'
import { listCampaigns } from './list-campaigns.ts'
import { listPerimeters } from './list-perimeters.ts'
import { openCampaign } from './open-campaign.ts'
import { readCampaign } from './read-campaign.ts'
import { removeCampaign } from './remove-campaign.ts'
import {
  assignedSchema,
  campaignChange,
  campaignInput,
  campaignParams,
  campaignSchema,
  campaignsQuery,
  campaignsSchema,
  closingInput,
  perimetersSchema,
} from './schema.ts'

const tags = ['Campagnes']
const READING = ['unauthenticated', 'forbidden', 'not_found', 'invalid_input'] as const
const CHANGING = [...READING, 'conflict'] as const

const list = createRoute({
  method: 'get',
  path: '/v1/campaigns',
  tags,
  summary: 'Les campagnes qui touchent son périmètre',
  request: { query: campaignsQuery },
  responses: {
    200: jsonAnswer('Les campagnes, les ouvertes d’abord', campaignsSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'invalid_input'),
  },
})

const perimeters = createRoute({
  method: 'get',
  path: '/v1/campaign-perimeters',
  tags,
  summary: 'Les périmètres sur lesquels une campagne peut porter',
  responses: {
    200: jsonAnswer('Les plus larges d’abord ; un établissement seul se cherche', perimetersSchema),
    ...problemResponses('unauthenticated', 'forbidden'),
  },
})

const create = createRoute({
  method: 'post',
  path: '/v1/campaigns',
  tags,
  summary: 'Préparer une campagne, à partir de rien ou d’une campagne précédente',
  request: { body: jsonBody(campaignInput) },
  responses: { 201: jsonAnswer('La campagne', z.object({ id: z.uuid() })), ...problemResponses(...READING) },
})

const read = createRoute({
  method: 'get',
  path: '/v1/campaigns/{id}',
  tags,
  summary: 'Une campagne, et ce que son ouverture prendrait',
  request: { params: campaignParams },
  responses: { 200: jsonAnswer('La campagne', campaignSchema), ...problemResponses(...READING) },
})

const change = createRoute({
  method: 'patch',
  path: '/v1/campaigns/{id}',
  tags,
  summary: 'Modifier une campagne en préparation',
  request: { params: campaignParams, body: jsonBody(campaignChange) },
  responses: { 204: { description: 'Campagne modifiée' }, ...problemResponses(...CHANGING) },
})

const remove = createRoute({
  method: 'delete',
  path: '/v1/campaigns/{id}',
  tags,
  summary: 'Abandonner une campagne en préparation',
  request: { params: campaignParams },
  responses: { 204: { description: 'Campagne abandonnée' }, ...problemResponses(...CHANGING) },
})

const opening = createRoute({
  method: 'post',
  path: '/v1/campaigns/{id}/opening',
  tags,
  summary: 'Ouvrir une campagne et figer l’état de départ',
  request: { params: campaignParams },
  responses: {
    200: jsonAnswer('Combien d’établissements', assignedSchema),
    ...problemResponses(...CHANGING),
  },
})

const closing = createRoute({
  method: 'post',
  path: '/v1/campaigns/{id}/closing',
  tags,
  summary: 'Clore une campagne et figer l’état d’arrivée',
  request: { params: campaignParams, body: jsonBody(closingInput) },
  responses: {
    200: jsonAnswer('Combien d’établissements', assignedSchema),
    ...problemResponses(...CHANGING),
  },
})

export const campaignsRoutes = createRouter()
  .openapi(list, async (c) => c.json(await listCampaigns(c.get('ctx'), c.req.valid('query')), 200))
  .openapi(perimeters, async (c) => c.json(await listPerimeters(c.get('ctx')), 200))
  .openapi(create, async (c) => c.json(await createCampaign(c.get('ctx'), c.req.valid('json')), 201))
  .openapi(read, async (c) => c.json(await readCampaign(c.get('ctx'), c.req.valid('param').id), 200))
  .openapi(change, async (c) => {
    await changeCampaign(c.get('ctx'), c.req.valid('param').id, c.req.valid('json'))
    return c.body(null, 204)
  })
  .openapi(remove, async (c) => {
    await removeCampaign(c.get('ctx'), c.req.valid('param').id)
    return c.body(null, 204)
  })
  .openapi(opening, async (c) => c.json(await openCampaign(c.get('ctx'), c.req.valid('param').id), 200))
  .openapi(closing, async (c) => c.json(await closeCampaign(c.get('ctx'), c.req.valid('param').id), 200))
