import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../../http/problem.ts'
import { jsonBody } from '../../../http/route-parts.ts'
import { createRouter } from '../../../http/router.ts'
import { receiveAlerts } from './receive-alerts.ts'
import { webhookInput } from './schema.ts'

const receive = createRoute({
  method: 'post',
  path: '/v1/alerts',
  tags: ['Incidents'],
  summary: 'Recevoir le webhook d’Alertmanager (version 4)',
  description:
    'Jeton de portée alert:push, sur une académie. Le même envoi répété ne change rien. Sur un 5xx, Alertmanager recommence.',
  request: { body: jsonBody(webhookInput) },
  responses: {
    204: { description: 'Alertes prises en compte' },
    ...problemResponses('unauthenticated', 'forbidden', 'invalid_input', 'payload_too_large'),
  },
})

export const alertsRoutes = createRouter().openapi(receive, async (c) => {
  await receiveAlerts(c.get('ctx'), c.req.valid('json'))
  return c.body(null, 204)
})
