import { createRoute } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { listMails } from '../mail/list-mails.ts'
import { mailParams, mailSchema, mailsQuery, mailsSchema, settlementInput } from '../mail/schema.ts'
import { settleMail } from '../mail/settle-mail.ts'
import { addRecipient } from './add-recipient.ts'
import { listRecipients } from './list-recipients.ts'
import { readDeployment } from './read-deployment.ts'
import { removeRecipient } from './remove-recipient.ts'
import {
  deploymentQuery,
  deploymentSchema,
  recipientInput,
  recipientParams,
  recipientSchema,
  recipientsSchema,
} from './schema.ts'

const tags = ['Déploiement']

const read = createRoute({
  method: 'get',
  path: '/v1/deployment',
  tags,
  summary: 'Où en est le déploiement des clés, par département et de vendredi en vendredi',
  request: { query: deploymentQuery },
  responses: {
    200: jsonAnswer('L’avancement', deploymentSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const recipients = createRoute({
  method: 'get',
  path: '/v1/deployment/recipients',
  tags,
  summary: 'Les destinataires du relevé du vendredi',
  responses: {
    200: jsonAnswer('Les adresses', recipientsSchema),
    ...problemResponses('unauthenticated', 'forbidden'),
  },
})

const add = createRoute({
  method: 'post',
  path: '/v1/deployment/recipients',
  tags,
  summary: 'Ajouter un destinataire du relevé',
  request: { body: jsonBody(recipientInput) },
  responses: {
    201: jsonAnswer('Le destinataire', recipientSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'conflict', 'invalid_input'),
  },
})

const remove = createRoute({
  method: 'delete',
  path: '/v1/deployment/recipients/{mail}',
  tags,
  summary: 'Retirer un destinataire du relevé',
  request: { params: recipientParams },
  responses: {
    204: { description: 'Destinataire retiré' },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const mails = createRoute({
  method: 'get',
  path: '/v1/deployment/mails',
  tags,
  summary: 'Les messages envoyés, en attente ou dont l’issue est incertaine',
  request: { query: mailsQuery },
  responses: {
    200: jsonAnswer('Les messages', mailsSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'invalid_input'),
  },
})

const settle = createRoute({
  method: 'post',
  path: '/v1/deployment/mails/{mailId}/settlement',
  tags,
  summary: 'Décider d’un message à l’issue incertaine ou abandonné : l’envoyer de nouveau, ou le clore',
  request: {
    params: mailParams,
    body: jsonBody(settlementInput),
  },
  responses: {
    200: jsonAnswer('Le message', mailSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'conflict', 'invalid_input'),
  },
})

export const deploymentRoutes = createRouter()
  .openapi(read, async (c) => c.json(await readDeployment(c.get('ctx'), c.req.valid('query')), 200))
  .openapi(recipients, async (c) => c.json(await listRecipients(c.get('ctx')), 200))
  .openapi(add, async (c) => c.json(await addRecipient(c.get('ctx'), c.req.valid('json')), 201))
  .openapi(remove, async (c) => {
    await removeRecipient(c.get('ctx'), c.req.valid('param').mail)
    return c.body(null, 204)
  })
  .openapi(mails, async (c) => c.json(await listMails(c.get('ctx'), c.req.valid('query')), 200))
  .openapi(settle, async (c) =>
    c.json(await settleMail(c.get('ctx'), c.req.valid('param').mailId, c.req.valid('json')), 200),
  )
