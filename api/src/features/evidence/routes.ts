import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { receiveEvidence } from './receive-evidence.ts'
import { acceptedSchema, evidenceSchema } from './schema.ts'

const receive = createRoute({
  method: 'post',
  path: '/v1/collect/evidence',
  tags: ['Collecte'],
  summary: 'Recevoir des preuves de tout autre système',
  request: { body: jsonBody(evidenceSchema) },
  responses: {
    202: jsonAnswer('Preuves reçues ; l’évaluation suit', acceptedSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'payload_too_large', 'invalid_input'),
  },
})

export const evidenceRoutes = createRouter().openapi(receive, async (c) =>
  c.json(await receiveEvidence(c.get('ctx'), c.req.valid('json')), 202),
)
