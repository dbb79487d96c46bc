import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { uaiParam } from '../etablissements/schema.ts'
import { listBackups } from './list-backups.ts'
import { receiveReport } from './receive-report.ts'
import { removeRepository } from './remove-repository.ts'
import { backupReportSchema, backupsSchema, readingSchema, reportQuery, repositoryParams } from './schema.ts'

const tags = ['Sauvegardes']

const receive = createRoute({
  method: 'post',
  path: '/v1/collect/backups',
  tags: ['Collecte'],
  summary: 'Recevoir le relevé d’un dépôt de sauvegarde',
  description: 'Avec dryRun=true, dit ce qui serait lu et enregistré, sans rien enregistrer.',
  request: { query: reportQuery, body: jsonBody(backupReportSchema) },
  responses: {
    200: jsonAnswer('Ce qui a été lu', readingSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'payload_too_large', 'invalid_input'),
  },
})

const list = createRoute({
  method: 'get',
  path: '/v1/etablissements/{uai}/backups',
  tags,
  summary: 'Les dépôts de sauvegarde d’un établissement',
  request: { params: uaiParam },
  responses: {
    200: jsonAnswer('Les dépôts', backupsSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const remove = createRoute({
  method: 'delete',
  path: '/v1/etablissements/{uai}/backups/{repository}',
  tags,
  summary: 'Ne plus suivre un dépôt qui n’existe plus',
  request: { params: repositoryParams },
  responses: {
    204: { description: 'Dépôt retiré' },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

export const backupsRoutes = createRouter()
  .openapi(receive, async (c) =>
    c.json(
      await receiveReport(c.get('ctx'), c.req.valid('json'), c.req.valid('query').dryRun === 'true'),
      200,
    ),
  )
  .openapi(list, async (c) => c.json(await listBackups(c.get('ctx'), c.req.valid('param').uai), 200))
  .openapi(remove, async (c) => {
    const { uai, repository } = c.req.valid('param')
    await removeRepository(c.get('ctx'), uai, repository)
    return c.body(null, 204)
  })
