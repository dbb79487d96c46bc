import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../../http/route-parts.ts'
import { createRouter } from '../../../http/router.ts'
import {
  incidentRecipientInput,
  incidentRecipientParams,
  incidentRecipientSchema,
  incidentRecipientsSchema,
} from '../schema.ts'
import { addIncidentRecipient } from './add-incident-recipient.ts'
import { listIncidentRecipients } from './list-incident-recipients.ts'
import { removeIncidentRecipient } from './remove-incident-recipient.ts'

const tags = ['Incidents']

const list = createRoute({
  method: 'get',
  path: '/v1/incident-recipients',
  tags,
  summary: 'Qui est prévenu des incidents par courriel',
  responses: {
    200: jsonAnswer('Les adresses', incidentRecipientsSchema),
    ...problemResponses('unauthenticated', 'forbidden'),
  },
})

const add = createRoute({
  method: 'post',
  path: '/v1/incident-recipients',
  tags,
  summary: 'Prévenir une adresse des incidents, à partir d’une gravité',
  request: { body: jsonBody(incidentRecipientInput) },
  responses: {
    201: jsonAnswer('L’adresse', incidentRecipientSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input', 'payload_too_large'),
  },
})

const remove = createRoute({
  method: 'delete',
  path: '/v1/incident-recipients/{mail}',
  tags,
  summary: 'Ne plus prévenir une adresse',
  request: { params: incidentRecipientParams },
  responses: {
    204: { description: 'Adresse retirée' },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

export const incidentRecipientsRoutes = createRouter()
  .openapi(list, async (c) => c.json(await listIncidentRecipients(c.get('ctx')), 200))
  .openapi(add, async (c) => c.json(await addIncidentRecipient(c.get('ctx'), c.req.valid('json')), 201))
  .openapi(remove, async (c) => {
    await removeIncidentRecipient(c.get('ctx'), c.req.valid('param').mail)
    return c.body(null, 204)
  })
