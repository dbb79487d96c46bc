import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { callBackShipment } from './call-back-shipment.ts'
import { importKeys } from './import-keys.ts'
import { listImports } from './list-imports.ts'
import { listShipments } from './list-shipments.ts'
import { readShipment } from './read-shipment.ts'
import { readStock } from './read-stock.ts'
import { receiveShipment } from './receive-shipment.ts'
import {
  importForm,
  importListSchema,
  importSchema,
  shipmentFileSchema,
  shipmentInput,
  shipmentListSchema,
  shipmentParams,
  shipmentQuery,
  stockQuery,
  stockSchema,
  thresholdInput,
  thresholdParams,
  thresholdSchema,
} from './schema.ts'
import { sendShipment } from './send-shipment.ts'
import { setThreshold } from './set-threshold.ts'
import { uploadedKeys } from './uploaded-keys.ts'

const tags = ['Stock de clés']

const postImport = createRoute({
  method: 'post',
  path: '/v1/keys/imports',
  tags,
  summary: 'Importer un fichier de clés, PSKC (RFC 6030) ou CSV',
  description:
    'Les lignes correctes sont enregistrées ensemble, les autres refusées avec leur motif. Une clé déjà connue n’est jamais modifiée.',
  request: { body: { content: { 'multipart/form-data': { schema: importForm } } } },
  responses: {
    201: jsonAnswer('Le bilan de l’import', importSchema),
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

const getImports = createRoute({
  method: 'get',
  path: '/v1/keys/imports',
  tags,
  summary: 'Les cent derniers imports de clés',
  responses: {
    200: jsonAnswer('Les imports, le plus récent d’abord', importListSchema),
    ...problemResponses('unauthenticated', 'forbidden'),
  },
})

const getStock = createRoute({
  method: 'get',
  path: '/v1/stock',
  tags,
  summary: 'Stock par département, seuils, fins de vie et coûts',
  request: { query: stockQuery },
  responses: {
    200: jsonAnswer('Le stock', stockSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const putThreshold = createRoute({
  method: 'put',
  path: '/v1/stock/thresholds/{departement}',
  tags,
  summary: 'Fixer le nombre de clés sous lequel un département est en alerte ; 0 retire le seuil',
  request: { params: thresholdParams, body: jsonBody(thresholdInput) },
  responses: {
    200: jsonAnswer('Le seuil', thresholdSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input', 'payload_too_large'),
  },
})

const postShipment = createRoute({
  method: 'post',
  path: '/v1/shipments',
  tags,
  summary: 'Expédier des clés du stock de l’académie à un département',
  description: 'Avec « count », les clés dont la fin de vie est la plus proche partent les premières.',
  request: { body: jsonBody(shipmentInput) },
  responses: {
    201: jsonAnswer('L’expédition et son bordereau récapitulatif', shipmentFileSchema),
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

const getShipments = createRoute({
  method: 'get',
  path: '/v1/shipments',
  tags,
  summary: 'Les deux cents dernières expéditions',
  request: { query: shipmentQuery },
  responses: {
    200: jsonAnswer('Les expéditions, la plus récente d’abord', shipmentListSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'invalid_input'),
  },
})

const getShipment = createRoute({
  method: 'get',
  path: '/v1/shipments/{id}',
  tags,
  summary: 'Une expédition et ses clés',
  request: { params: shipmentParams },
  responses: {
    200: jsonAnswer('L’expédition', shipmentFileSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const postReception = createRoute({
  method: 'post',
  path: '/v1/shipments/{id}/reception',
  tags,
  summary: 'Confirmer la réception d’une expédition complète',
  request: { params: shipmentParams },
  responses: {
    200: jsonAnswer('L’expédition reçue', shipmentFileSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'conflict', 'invalid_input'),
  },
})

const deleteShipment = createRoute({
  method: 'delete',
  path: '/v1/shipments/{id}',
  tags,
  summary: 'Annuler une expédition que personne n’a reçue : ses clés reviennent au stock de l’académie',
  request: { params: shipmentParams },
  responses: {
    204: { description: 'Expédition annulée' },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'conflict', 'invalid_input'),
  },
})

export const keyStockRoutes = createRouter()
  .openapi(postImport, async (c) =>
    c.json(await importKeys(c.get('ctx'), await uploadedKeys(c.req.valid('form'))), 201),
  )
  .openapi(getImports, async (c) => c.json({ rows: await listImports(c.get('ctx')) }, 200))
  .openapi(getStock, async (c) => c.json(await readStock(c.get('ctx'), c.req.valid('query')), 200))
  .openapi(putThreshold, async (c) =>
    c.json(await setThreshold(c.get('ctx'), c.req.valid('param'), c.req.valid('json')), 200),
  )
  .openapi(postShipment, async (c) => c.json(await sendShipment(c.get('ctx'), c.req.valid('json')), 201))
  .openapi(getShipments, async (c) =>
    c.json({ rows: await listShipments(c.get('ctx'), c.req.valid('query')) }, 200),
  )
  .openapi(getShipment, async (c) => c.json(await readShipment(c.get('ctx'), c.req.valid('param').id), 200))
  .openapi(postReception, async (c) =>
    c.json(await receiveShipment(c.get('ctx'), c.req.valid('param').id), 200),
  )
  .openapi(deleteShipment, async (c) => {
    await callBackShipment(c.get('ctx'), c.req.valid('param').id)
    return c.body(null, 204)
  })
