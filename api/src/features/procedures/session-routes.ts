import { createRoute, z } from '@hono/zod-openapi'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { convokeGuests } from './convoke-guests.ts'
import { createSession } from './create-session.ts'
import { inviteGuests, uninviteGuest } from './invite-guests.ts'
import { listSessions, readSession } from './read-session.ts'
import {
  convocationsSchema,
  guestParams,
  newGuests,
  newSession,
  sessionParams,
  sessionSchema,
  sessionSummarySchema,
} from './session-schema.ts'

const tags = ['Séances de remise']

const list = createRoute({
  method: 'get',
  path: '/v1/hand-over-sessions',
  tags,
  summary: 'Les séances de remise',
  responses: {
    200: jsonAnswer(
      'Les séances, la plus récente d’abord',
      z.object({ rows: z.array(sessionSummarySchema) }),
    ),
    ...problemResponses('unauthenticated', 'forbidden'),
  },
})

const create = createRoute({
  method: 'post',
  path: '/v1/hand-over-sessions',
  tags,
  summary: 'Fixer une séance de remise',
  request: { body: jsonBody(newSession) },
  responses: {
    201: jsonAnswer('La séance', sessionSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input', 'payload_too_large'),
  },
})

const read = createRoute({
  method: 'get',
  path: '/v1/hand-over-sessions/{id}',
  tags,
  summary: 'La liste de convocation d’une séance',
  request: { params: sessionParams },
  responses: {
    200: jsonAnswer('La séance et ses invités', sessionSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const invite = createRoute({
  method: 'post',
  path: '/v1/hand-over-sessions/{id}/guests',
  tags,
  summary: 'Inviter des porteurs nouvellement nommés',
  request: { params: sessionParams, body: jsonBody(newGuests) },
  responses: {
    200: jsonAnswer('Combien ont été ajoutés', z.object({ added: z.number().int() })),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input', 'payload_too_large'),
  },
})

const uninvite = createRoute({
  method: 'delete',
  path: '/v1/hand-over-sessions/{id}/guests/{holder}',
  tags,
  summary: 'Retirer un invité',
  request: { params: guestParams },
  responses: {
    204: { description: 'Invité retiré' },
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

const convoke = createRoute({
  method: 'post',
  path: '/v1/hand-over-sessions/{id}/convocations',
  tags,
  summary: 'Convoquer les invités qui ne le sont pas encore',
  request: { params: sessionParams },
  responses: {
    200: jsonAnswer('Combien par courriel, combien à imprimer', convocationsSchema),
    ...problemResponses('unauthenticated', 'forbidden', 'not_found', 'invalid_input'),
  },
})

export const handOverSessionsRoutes = createRouter()
  .openapi(list, async (c) => c.json(await listSessions(c.get('ctx')), 200))
  .openapi(create, async (c) => {
    const ctx = c.get('ctx')
    const { id } = await createSession(ctx, c.req.valid('json'))
    return c.json(await readSession(ctx, id), 201)
  })
  .openapi(read, async (c) => c.json(await readSession(c.get('ctx'), c.req.valid('param').id), 200))
  .openapi(invite, async (c) =>
    c.json(await inviteGuests(c.get('ctx'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  .openapi(uninvite, async (c) => {
    const { id, holder } = c.req.valid('param')
    await uninviteGuest(c.get('ctx'), id, holder)
    return c.body(null, 204)
  })
  .openapi(convoke, async (c) => c.json(await convokeGuests(c.get('ctx'), c.req.valid('param').id), 200))
