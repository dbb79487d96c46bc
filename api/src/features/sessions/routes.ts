import { createRoute } from '@hono/zod-openapi'
import { clientAddress } from '../../http/client-address.ts'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer, jsonBody } from '../../http/route-parts.ts'
import { createRouter } from '../../http/router.ts'
import { expiredSessionCookie, sessionCookie, sessionTokenOf } from '../../http/session-cookie.ts'
import { closeSession } from './close-session.ts'
import { openSession } from './open-session.ts'
import { readMe } from './read-me.ts'
import { credentialsSchema, meSchema } from './schema.ts'

const open = createRoute({
  method: 'post',
  path: '/v1/sessions',
  tags: ['Session'],
  summary: 'Se connecter',
  request: { body: jsonBody(credentialsSchema) },
  responses: {
    204: { description: 'Session ouverte : un cookie HttpOnly la porte' },
    ...problemResponses('invalid_credentials', 'forbidden', 'invalid_input', 'too_many_requests'),
  },
})

const close = createRoute({
  method: 'delete',
  path: '/v1/sessions/current',
  tags: ['Session'],
  summary: 'Se déconnecter',
  responses: {
    204: { description: 'Session fermée' },
    ...problemResponses('unauthenticated', 'forbidden'),
  },
})

const me = createRoute({
  method: 'get',
  path: '/v1/me',
  tags: ['Session'],
  summary: 'Le compte connecté, ses rôles et ses droits',
  responses: {
    200: jsonAnswer('Le compte', meSchema),
    ...problemResponses('unauthenticated', 'forbidden'),
  },
})

export const sessionsRoutes = createRouter()
  .openapi(open, async (c) => {
    const ctx = c.get('ctx')
    const former = sessionTokenOf(ctx.config, c.req.raw)
    const token = await openSession(ctx, c.req.valid('json'), clientAddress(c), former)
    c.header('Set-Cookie', sessionCookie(ctx.config, token))
    return c.body(null, 204)
  })
  .openapi(close, async (c) => {
    const ctx = c.get('ctx')
    await closeSession(ctx, sessionTokenOf(ctx.config, c.req.raw))
    c.header('Set-Cookie', expiredSessionCookie(ctx.config))
    return c.body(null, 204)
  })
  .openapi(me, async (c) => c.json(await readMe(c.get('ctx')), 200))
