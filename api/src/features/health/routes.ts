import { timingSafeEqual } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import { hashSecret } from '../../access/secret.ts'
import type { Deps } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { problemResponses } from '../../http/problem.ts'
import { createRouter } from '../../http/router.ts'
import { readKeySnapshot } from './read-key-snapshot.ts'
import { readReadiness } from './read-readiness.ts'

const answer = (description: string, status: string) => ({
  description,
  content: { 'application/json': { schema: z.object({ status: z.literal(status) }) } },
})

const health = createRoute({
  method: 'get',
  path: '/healthz',
  tags: ['Exploitation'],
  summary: 'Le processus répond',
  security: [],
  responses: { 200: answer('Le processus répond', 'alive') },
})

const readiness = createRoute({
  method: 'get',
  path: '/readyz',
  tags: ['Exploitation'],
  summary: 'La base répond et elle est à jour',
  security: [],
  responses: { 200: answer('Prêt', 'ready'), ...problemResponses('unavailable') },
})

const metricsRoute = createRoute({
  method: 'get',
  path: '/metrics',
  tags: ['Exploitation'],
  summary: 'Mesures au format Prometheus',
  responses: {
    200: { description: 'Mesures', content: { 'text/plain': { schema: z.string() } } },
    ...problemResponses('unauthenticated'),
  },
})

const sameToken = (given: string, expected: string) =>
  timingSafeEqual(Buffer.from(hashSecret(given), 'hex'), Buffer.from(hashSecret(expected), 'hex'))

/** A scrape answers while the database is away: what is read there is then absent, not zero. */
const snapshotOrNothing = (deps: Deps) =>
  readKeySnapshot(deps).catch((error: unknown) => {
    deps.log.error({ err: error }, 'keys could not be counted for a scrape')
    return null
  })

/** What a supervisor asks of the process; `/metrics` takes the bearer token of the configuration. */
export const healthRoutes = (deps: Deps) =>
  createRouter()
    .openapi(health, (c) => c.json({ status: 'alive' } as const, 200))
    .openapi(readiness, async (c) => c.json(await readReadiness(deps), 200))
    .openapi(metricsRoute, async (c) => {
      const given = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
      const expected = deps.config.metricsToken
      if (!expected || !given || !sameToken(given, expected)) {
        throw new AppError(
          'unauthenticated',
          'Donnez le jeton de VIGIE_METRICS_TOKEN en Authorization: Bearer.',
        )
      }
      deps.metrics.keys.set(await snapshotOrNothing(deps))
      return c.text(await deps.metrics.registry.metrics(), 200, {
        'Content-Type': deps.metrics.registry.contentType,
      })
    })
