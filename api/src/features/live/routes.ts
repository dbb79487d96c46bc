import type { ServerResponse } from 'node:http'
import { createRoute, z } from '@hono/zod-openapi'
import type { Context as HonoContext } from 'hono'
import { hashSecret } from '../../access/secret.ts'
import { problemResponses } from '../../http/problem.ts'
import { jsonAnswer } from '../../http/route-parts.ts'
import { createRouter, type Env } from '../../http/router.ts'
import { sessionTokenOf } from '../../http/session-cookie.ts'
import { openStream } from './open-stream.ts'
import { readTraffic } from './read-traffic.ts'
import { trafficSchema } from './schema.ts'

const tags = ['Supervision']

const traffic = createRoute({
  method: 'get',
  path: '/v1/supervision/traffic',
  tags,
  summary: 'Les vérifications de codes de la dernière heure, et ce qui les entoure',
  responses: {
    200: jsonAnswer('Le trafic', trafficSchema),
    ...problemResponses('unauthenticated', 'forbidden'),
  },
})

const live = createRoute({
  method: 'get',
  path: '/v1/supervision/live',
  tags,
  summary: 'Le même trafic, seconde par seconde, tant que la connexion dure',
  description:
    'Événements : « traffic » donne tout, « frame » ce que la seconde a changé, « bye » dit pourquoi le flux finit (why : ' +
    'ended, le droit de lire est perdu ; changed, il a changé ; restart, revenez dans un instant). Last-Event-ID reprend ' +
    'après une coupure.',
  responses: {
    200: { description: 'Le flux', content: { 'text/event-stream': { schema: z.string() } } },
    ...problemResponses('unauthenticated', 'forbidden', 'too_many_requests', 'unavailable'),
  },
})

/** Cuts the connection behind a request; nothing when it was called without a network. */
const cutOf = (c: HonoContext<Env>) => () => {
  const { outgoing } = (c.env ?? {}) as { outgoing?: ServerResponse }
  outgoing?.destroy()
}

export const liveRoutes = createRouter()
  .openapi(traffic, async (c) => c.json(await readTraffic(c.get('ctx')), 200))
  .openapi(live, async (c) => {
    const ctx = c.get('ctx')
    const token = c.req.header('authorization') ? null : sessionTokenOf(ctx.config, c.req.raw)
    const stream = await openStream(ctx, {
      tokenHash: token === null ? null : hashSecret(token),
      lastEventId: c.req.header('last-event-id'),
      cut: cutOf(c),
    })
    return c.body(stream, 200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
      Connection: 'close',
    })
  })
