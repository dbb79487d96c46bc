import { createRoute, z } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { createRouter } from '../../http/router.ts'
import { AGENT_ID, answerTo, echoed } from './agent-answer.ts'
import { readRequest } from './read-request.ts'
import { receiveInventory } from './receive-inventory.ts'

const binary = { schema: z.string().openapi({ format: 'binary' }) }

const collect = createRoute({
  method: 'post',
  path: '/v1/collect/inventory',
  tags: ['Collecte'],
  summary: 'Reçoit les messages des agents d’inventaire FusionInventory et GLPI',
  description:
    'Message XML (PROLOG, INVENTORY) ou JSON (contact, inventory), en clair, zlib ou gzip, reconnu à ses premiers octets. ' +
    'La réponse XML est compressée comme la demande. Identification HTTP Basic par le compte de collecte de l’établissement.',
  security: [{ collecte: [] }],
  request: { body: { content: { 'application/x-compress-zlib': binary, 'application/xml': binary } } },
  responses: {
    200: {
      description: 'La réponse que l’agent attend',
      content: { 'application/x-compress-zlib': binary, 'application/xml': binary },
    },
    ...problemResponses(
      'unauthenticated',
      'invalid_credentials',
      'forbidden',
      'not_found',
      'conflict',
      'payload_too_large',
      'unsupported_media',
      'invalid_input',
      'unavailable',
    ),
  },
})

export const inventoryRoutes = createRouter().openapi(collect, async (c) => {
  const report = await receiveInventory(c.get('ctx'), () => readRequest(c.req.raw))
  const { type, body } = answerTo(report, c.req.header(AGENT_ID) !== undefined)
  return c.body(body, 200, { 'Content-Type': type, ...echoed(c.req.raw.headers) })
})
