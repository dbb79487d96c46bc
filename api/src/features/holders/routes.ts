import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { tableForm } from '../keys/schema.ts'
import { createHolder } from './create-holder.ts'
import { eraseHolder } from './erase-holder.ts'
import { exportHolder } from './export-holder.ts'
import { importHolders } from './import-holders.ts'
import { listHolders } from './list-holders.ts'
import { readHolder } from './read-holder.ts'
import {
  createdHolderSchema,
  holderExportSchema,
  holderChangeSchema,
  holderFileSchema,
  holderImportSchema,
  holderListSchema,
  holderParams,
  holderQuery,
  newHolderSchema,
} from './schema.ts'
import { updateHolder } from './update-holder.ts'

const tags = ['Porteurs']
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
  path: '/v1/holders',
  tags,
  summary: 'Les porteurs de clé de son périmètre',
  request: { query: holderQuery },
  responses: {
    200: jsonAnswer('Une page de porteurs, chacun avec sa clé', holderListSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'invalid_input'),
  },
})

const create = createRoute({
  method: 'post',
  path: '/v1/holders',
  tags,
  summary: 'Inscrire un porteur : une personne, ou l’identifiant de fonction d’une mairie',
  request: { body: jsonBody(newHolderSchema) },
  responses: { 201: jsonAnswer('Sa fiche', createdHolderSchema), ...refusals },
})

const importFile = createRoute({
  method: 'post',
  path: '/v1/holders/imports',
  tags,
  summary: 'Inscrire ou mettre à jour les porteurs d’un fichier CSV',
  request: { body: { content: { 'multipart/form-data': { schema: tableForm } } } },
  responses: { 200: jsonAnswer('Ce qui a été fait de chaque ligne', holderImportSchema), ...refusals },
})

const read = createRoute({
  method: 'get',
  path: '/v1/holders/{id}',
  tags,
  summary: 'La fiche d’un porteur : ses clés, leur histoire, ses démarches et ses bordereaux',
  request: { params: holderParams },
  responses: {
    200: jsonAnswer('La fiche', holderFileSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const update = createRoute({
  method: 'patch',
  path: '/v1/holders/{id}',
  tags,
  summary: 'Changer ce que l’on sait d’un porteur, ou clore sa fiche',
  request: { params: holderParams, body: jsonBody(holderChangeSchema) },
  responses: { 200: jsonAnswer('La fiche', holderFileSchema), ...refusals },
})

const exportOne = createRoute({
  method: 'get',
  path: '/v1/holders/{id}/personal-data',
  tags,
  summary: 'Tout ce que Vigie garde d’une personne, pour le lui remettre',
  request: { params: holderParams },
  responses: {
    200: jsonAnswer('Les données de la personne', holderExportSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const erase = createRoute({
  method: 'delete',
  path: '/v1/holders/{id}/personal-data',
  tags,
  summary: 'Effacer une personne qui ne tient plus de clé : l’histoire reste, sous un pseudonyme',
  request: { params: holderParams },
  responses: {
    204: { description: 'Données effacées' },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'conflict', 'invalid_input'),
  },
})

export const holdersRoutes = createRouter()
  .openapi(list, async (c) => c.json(await listHolders(c.get('ctx'), c.req.valid('query')), 200))
  .openapi(create, async (c) => c.json(await createHolder(c.get('ctx'), c.req.valid('json')), 201))
  .openapi(importFile, async (c) => c.json(await importHolders(c.get('ctx'), c.req.valid('form').file), 200))
  .openapi(read, async (c) => c.json(await readHolder(c.get('ctx'), c.req.valid('param').id), 200))
  .openapi(update, async (c) => {
    const { id } = c.req.valid('param')
    await updateHolder(c.get('ctx'), id, c.req.valid('json'))
    return c.json(await readHolder(c.get('ctx'), id), 200)
  })
  .openapi(exportOne, async (c) => c.json(await exportHolder(c.get('ctx'), c.req.valid('param').id), 200))
  .openapi(erase, async (c) => {
    await eraseHolder(c.get('ctx'), c.req.valid('param').id)
    return c.body(null, 204)
  })
