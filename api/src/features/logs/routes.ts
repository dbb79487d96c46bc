import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { changeLogSource } from './change-log-source.ts'
import { createLogSource } from './create-log-source.ts'
import { decideRetentionRange } from './decide-retention-range.ts'
import { deleteLogSource } from './delete-log-source.ts'
import { listLogSources } from './list-log-sources.ts'
import { readLogs } from './read-logs.ts'
import { readRetentionRange } from './read-retention-range.ts'
import { receiveLogStores } from './receive-log-stores.ts'
import {
  dryRunQuery,
  etablissementLogsSchema,
  logSourceChangeSchema,
  logSourceParams,
  logSourceSchema,
  logSourcesQuery,
  logSourcesSchema,
  logStoresAnswer,
  logStoresInput,
  newLogSourceSchema,
  retentionRangeInput,
  retentionRangeParams,
  retentionRangeSchema,
  uaiParam,
} from './schema.ts'

const tags = ['Journaux reçus']
const reads = problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input')
const changes = problemResponses(
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'invalid_input',
  'payload_too_large',
)

const list = createRoute({
  method: 'get',
  path: '/v1/log-sources',
  tags,
  summary: 'Les machines dont les journaux sont attendus',
  request: { query: logSourcesQuery },
  responses: {
    200: jsonAnswer('Les sources', logSourcesSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'invalid_input'),
  },
})

const create = createRoute({
  method: 'post',
  path: '/v1/log-sources',
  tags,
  summary: 'Attendre les journaux d’une machine, connue par son certificat',
  request: { body: jsonBody(newLogSourceSchema) },
  responses: { 201: jsonAnswer('La source', logSourceSchema), ...changes },
})

const change = createRoute({
  method: 'patch',
  path: '/v1/log-sources/{id}',
  tags,
  summary: 'Nommer une source, changer son certificat, la mettre de côté ou la reprendre',
  request: { params: logSourceParams, body: jsonBody(logSourceChangeSchema) },
  responses: { 200: jsonAnswer('La source', logSourceSchema), ...changes },
})

const remove = createRoute({
  method: 'delete',
  path: '/v1/log-sources/{id}',
  tags,
  summary: 'Ne plus attendre les journaux d’une machine, et oublier ses comptes',
  request: { params: logSourceParams },
  responses: { 204: { description: 'Source supprimée' }, ...reads },
})

const read = createRoute({
  method: 'get',
  path: '/v1/etablissements/{uai}/logs',
  tags,
  summary: 'Ce que prouvent les journaux d’un établissement',
  request: { params: uaiParam },
  responses: {
    200: jsonAnswer('Les sources, leur semaine et les connexions', etablissementLogsSchema),
    ...reads,
  },
})

const receive = createRoute({
  method: 'post',
  path: '/v1/collect/log-stores',
  tags: ['Collecte'],
  summary: 'Recevoir ce que les machines conservent de leurs journaux, sans leur contenu',
  request: { query: dryRunQuery, body: jsonBody(logStoresInput) },
  responses: {
    202: jsonAnswer('Reçu et jugé ; avec dryRun, rien n’est gardé', logStoresAnswer),
    ...problemResponses('unauthenticated', 'forbidden', 'payload_too_large', 'invalid_input'),
  },
})

const readRange = createRoute({
  method: 'get',
  path: '/v1/log-retention-ranges/{academie}',
  tags,
  summary: 'La durée légale de conservation des journaux dans une académie',
  request: { params: retentionRangeParams },
  responses: { 200: jsonAnswer('La durée', retentionRangeSchema), ...reads },
})

const decideRange = createRoute({
  method: 'put',
  path: '/v1/log-retention-ranges/{academie}',
  tags,
  summary: 'Fixer la durée légale de conservation des journaux dans une académie',
  request: { params: retentionRangeParams, body: jsonBody(retentionRangeInput) },
  responses: {
    200: jsonAnswer('La durée', retentionRangeSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input', 'payload_too_large'),
  },
})

export const logsRoutes = createRouter()
  .openapi(list, async (c) => {
    const { uai, q } = c.req.valid('query')
    const query = { ...(uai === undefined ? {} : { uai }), ...(q === undefined ? {} : { q }) }
    return c.json(await listLogSources(c.get('ctx'), query), 200)
  })
  .openapi(create, async (c) => c.json(await createLogSource(c.get('ctx'), c.req.valid('json')), 201))
  .openapi(change, async (c) =>
    c.json(await changeLogSource(c.get('ctx'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  .openapi(remove, async (c) => {
    await deleteLogSource(c.get('ctx'), c.req.valid('param').id)
    return c.body(null, 204)
  })
  .openapi(read, async (c) => c.json(await readLogs(c.get('ctx'), c.req.valid('param').uai), 200))
  .openapi(receive, async (c) =>
    c.json(
      await receiveLogStores(c.get('ctx'), c.req.valid('json'), c.req.valid('query').dryRun === 'true'),
      202,
    ),
  )
  .openapi(readRange, async (c) =>
    c.json(await readRetentionRange(c.get('ctx'), c.req.valid('param').academie), 200),
  )
  .openapi(decideRange, async (c) =>
    c.json(await decideRetentionRange(c.get('ctx'), c.req.valid('param').academie, c.req.valid('json')), 200),
  )
