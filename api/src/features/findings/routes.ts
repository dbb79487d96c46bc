import { createRoute, z } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { addFindingProofs } from './add-finding-proofs.ts'
import { changeFinding } from './change-finding.ts'
import { listFindings, listOwnFindings, readFinding } from './list-findings.ts'
import { recordFinding } from './record-finding.ts'
import {
  etablissementParams,
  findingChange,
  findingInput,
  findingParams,
  findingProofsInput,
  findingSchema,
  findingsQuery,
  findingsSchema,
} from './schema.ts'

const tags = ['Constats']
const READING = ['unauthenticated', 'forbidden', 'not_found', 'invalid_input'] as const
const CHANGING = [...READING, 'conflict'] as const

const list = createRoute({
  method: 'get',
  path: '/v1/findings',
  tags,
  summary: 'Les constats de son périmètre',
  request: { query: findingsQuery },
  responses: {
    200: jsonAnswer('Une page de constats', findingsSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'invalid_input'),
  },
})

const own = createRoute({
  method: 'get',
  path: '/v1/etablissements/{uai}/findings',
  tags,
  summary: 'Les constats d’un établissement',
  request: { params: etablissementParams, query: findingsQuery },
  responses: { 200: jsonAnswer('Une page de constats', findingsSchema), ...problemResponses(...READING) },
})

const recorded = z.object({ id: z.uuid(), recorded: z.boolean() })
const post = createRoute({
  method: 'post',
  path: '/v1/etablissements/{uai}/findings',
  tags,
  summary: 'Noter un constat ; envoyé deux fois, il compte une fois',
  request: { params: etablissementParams, body: jsonBody(findingInput) },
  responses: {
    200: jsonAnswer('Le constat, qui était déjà noté', recorded),
    201: jsonAnswer('Le constat', recorded),
    ...problemResponses(...CHANGING),
  },
})

const read = createRoute({
  method: 'get',
  path: '/v1/findings/{id}',
  tags,
  summary: 'Un constat',
  request: { params: findingParams },
  responses: { 200: jsonAnswer('Le constat', findingSchema), ...problemResponses(...READING) },
})

const change = createRoute({
  method: 'patch',
  path: '/v1/findings/{id}',
  tags,
  summary: 'Corriger un constat, ou dire ce qu’il est devenu',
  request: { params: findingParams, body: jsonBody(findingChange) },
  responses: { 204: { description: 'Constat modifié' }, ...problemResponses(...READING) },
})

const proofs = createRoute({
  method: 'post',
  path: '/v1/findings/{id}/proofs',
  tags,
  summary: 'Joindre à un constat des photos ou des pièces déjà conservées',
  request: { params: findingParams, body: jsonBody(findingProofsInput) },
  responses: { 204: { description: 'Pièces jointes' }, ...problemResponses(...READING) },
})

export const findingsRoutes = createRouter()
  .openapi(list, async (c) => c.json(await listFindings(c.get('ctx'), c.req.valid('query')), 200))
  .openapi(own, async (c) =>
    c.json(await listOwnFindings(c.get('ctx'), c.req.valid('param').uai, c.req.valid('query')), 200),
  )
  .openapi(post, async (c) => {
    const finding = await recordFinding(c.get('ctx'), c.req.valid('param'), c.req.valid('json'))
    return finding.recorded ? c.json(finding, 201) : c.json(finding, 200)
  })
  .openapi(read, async (c) => c.json(await readFinding(c.get('ctx'), c.req.valid('param').id), 200))
  .openapi(change, async (c) => {
    await changeFinding(c.get('ctx'), c.req.valid('param').id, c.req.valid('json'))
    return c.body(null, 204)
  })
  .openapi(proofs, async (c) => {
    await addFindingProofs(c.get('ctx'), c.req.valid('param').id, c.req.valid('json'))
    return c.body(null, 204)
  })
