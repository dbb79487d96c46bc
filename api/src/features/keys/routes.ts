import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { bindKey } from './bind-key.ts'
import { bindKeys } from './bind-keys.ts'
import { changeKey } from './change-key.ts'
import { listKeys } from './list-keys.ts'
import { readKey } from './read-key.ts'
import {
  bindingInput,
  bindingReportSchema,
  keyFileSchema,
  keyListSchema,
  keyQuery,
  restitutionInput,
  restitutionsInput,
  serialParams,
  slipSchema,
  tableForm,
  transitionInput,
} from './schema.ts'
import { summariseRestitutions } from './summarise-restitutions.ts'
import { takeBack } from './take-back.ts'

const tags = ['Clés']
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
  path: '/v1/keys',
  tags,
  summary: 'Les clés de son périmètre',
  request: { query: keyQuery },
  responses: {
    200: jsonAnswer('Une page de clés, et leur nombre dans chaque état', keyListSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'invalid_input'),
  },
})

const read = createRoute({
  method: 'get',
  path: '/v1/keys/{serial}',
  tags,
  summary: 'La fiche d’une clé : état, porteur, actes permis, histoire, bordereaux',
  request: { params: serialParams },
  responses: {
    200: jsonAnswer('La fiche, sans rien de secret', keyFileSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const bind = createRoute({
  method: 'post',
  path: '/v1/keys/{serial}/bindings',
  tags,
  summary: 'Préparer une clé en stock pour un porteur',
  request: { params: serialParams, body: jsonBody(bindingInput) },
  responses: { 201: jsonAnswer('La clé, préparée', keyFileSchema), ...refusals },
})

const bindMany = createRoute({
  method: 'post',
  path: '/v1/keys/bindings',
  tags,
  summary: 'Préparer les clés d’un fichier CSV (serie;identifiant), avec leur bordereau récapitulatif',
  request: { body: { content: { 'multipart/form-data': { schema: tableForm } } } },
  responses: { 200: jsonAnswer('Ce qui a été fait de chaque ligne', bindingReportSchema), ...refusals },
})

const change = createRoute({
  method: 'post',
  path: '/v1/keys/{serial}/transitions',
  tags,
  summary: 'Changer l’état d’une clé : suspendre, reprendre, déclarer perdue, révoquer, remettre en stock…',
  request: { params: serialParams, body: jsonBody(transitionInput) },
  responses: { 200: jsonAnswer('La clé, dans son nouvel état', keyFileSchema), ...refusals },
})

const restitution = createRoute({
  method: 'post',
  path: '/v1/keys/{serial}/restitution',
  tags,
  summary: 'Reprendre une clé à son porteur, avec le bordereau de restitution',
  request: { params: serialParams, body: jsonBody(restitutionInput) },
  responses: { 201: jsonAnswer('Le bordereau à faire signer', slipSchema), ...refusals },
})

const restitutions = createRoute({
  method: 'post',
  path: '/v1/keys/restitutions',
  tags,
  summary: 'Établir le récapitulatif des clés restituées que l’on renvoie',
  request: { body: jsonBody(restitutionsInput) },
  responses: { 201: jsonAnswer('Le bordereau récapitulatif', slipSchema), ...refusals },
})

export const keysRoutes = createRouter()
  .openapi(list, async (c) => c.json(await listKeys(c.get('ctx'), c.req.valid('query')), 200))
  .openapi(bindMany, async (c) => c.json(await bindKeys(c.get('ctx'), c.req.valid('form').file), 200))
  .openapi(restitutions, async (c) =>
    c.json(await summariseRestitutions(c.get('ctx'), c.req.valid('json').serials), 201),
  )
  .openapi(read, async (c) => c.json(await readKey(c.get('ctx'), c.req.valid('param').serial), 200))
  .openapi(bind, async (c) =>
    c.json(await bindKey(c.get('ctx'), c.req.valid('param').serial, c.req.valid('json').holderId), 201),
  )
  .openapi(change, async (c) =>
    c.json(await changeKey(c.get('ctx'), c.req.valid('param').serial, c.req.valid('json')), 200),
  )
  .openapi(restitution, async (c) =>
    c.json(await takeBack(c.get('ctx'), c.req.valid('param').serial, c.req.valid('json')), 201),
  )
