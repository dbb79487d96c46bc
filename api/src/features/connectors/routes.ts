import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { changeConnector } from './change-connector.ts'
import { createConnector } from './create-connector.ts'
import { listConnectors } from './list-connectors.ts'
import { listDeliveries } from './list-deliveries.ts'
import { removeConnector } from './remove-connector.ts'
import { retryDelivery } from './retry-delivery.ts'
import {
  connectorChangeSchema,
  connectorParams,
  connectorsSchema,
  deliveriesQuery,
  deliveriesSchema,
  deliveryParams,
  deliverySchema,
  newConnectorSchema,
  shownSecretSchema,
  trialSchema,
} from './schema.ts'
import { tryConnector } from './try-connector.ts'

const tags = ['Connecteurs']

const list = createRoute({
  method: 'get',
  path: '/v1/connectors',
  tags,
  summary: 'Les connecteurs de son périmètre, sans leurs secrets',
  responses: {
    200: jsonAnswer('Les connecteurs et ce qui leur reste à transmettre', connectorsSchema),
    ...problemResponses('unauthenticated', 'forbidden'),
  },
})

const create = createRoute({
  method: 'post',
  path: '/v1/connectors',
  tags,
  summary: 'Brancher un système de tickets',
  request: { body: jsonBody(newConnectorSchema) },
  responses: {
    201: jsonAnswer('Le connecteur, et le secret de signature d’un webhook', shownSecretSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'conflict', 'invalid_input'),
  },
})

const change = createRoute({
  method: 'patch',
  path: '/v1/connectors/{id}',
  tags,
  summary: 'Régler, suspendre ou reprendre un connecteur',
  request: { params: connectorParams, body: jsonBody(connectorChangeSchema) },
  responses: {
    200: jsonAnswer('Le nouveau secret de signature, s’il a été demandé', shownSecretSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'conflict', 'invalid_input'),
  },
})

const remove = createRoute({
  method: 'delete',
  path: '/v1/connectors/{id}',
  tags,
  summary: 'Retirer un connecteur',
  request: { params: connectorParams },
  responses: {
    204: { description: 'Connecteur retiré, secrets effacés' },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const attempt = createRoute({
  method: 'post',
  path: '/v1/connectors/{id}/trial',
  tags,
  summary: 'Essayer un connecteur maintenant',
  request: { params: connectorParams },
  responses: {
    200: jsonAnswer('Ce qui s’est passé', trialSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const deliveries = createRoute({
  method: 'get',
  path: '/v1/connectors/{id}/deliveries',
  tags,
  summary: 'Ce qui a été transmis, ou attend de l’être',
  request: { params: connectorParams, query: deliveriesQuery },
  responses: {
    200: jsonAnswer('Les envois, du plus récent au plus ancien', deliveriesSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const retry = createRoute({
  method: 'post',
  path: '/v1/connectors/{id}/deliveries/{deliveryId}/retry',
  tags,
  summary: 'Reprendre un envoi maintenant',
  request: { params: deliveryParams },
  responses: {
    200: jsonAnswer('L’envoi, de nouveau en attente', deliverySchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'conflict', 'invalid_input'),
  },
})

export const connectorsRoutes = createRouter()
  .openapi(list, async (c) => c.json(await listConnectors(c.get('ctx')), 200))
  .openapi(create, async (c) => c.json(await createConnector(c.get('ctx'), c.req.valid('json')), 201))
  .openapi(change, async (c) =>
    c.json(await changeConnector(c.get('ctx'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  .openapi(remove, async (c) => {
    await removeConnector(c.get('ctx'), c.req.valid('param').id)
    return c.body(null, 204)
  })
  .openapi(attempt, async (c) => c.json(await tryConnector(c.get('ctx'), c.req.valid('param').id), 200))
  .openapi(deliveries, async (c) =>
    c.json(await listDeliveries(c.get('ctx'), c.req.valid('param').id, c.req.valid('query')), 200),
  )
  .openapi(retry, async (c) => {
    const { id, deliveryId } = c.req.valid('param')
    return c.json(await retryDelivery(c.get('ctx'), id, deliveryId), 200)
  })
