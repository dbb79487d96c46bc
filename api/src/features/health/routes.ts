import { createRoute, z } from '@hono/zod-openapi'
import type { Deps } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { problemResponses } from '../../http/problem.ts'
import { createRouter } from '../../http/router.ts'
import { bearerIsRight } from './bearer.ts'
import { readReadiness } from './read-readiness.ts'
import { scrapeOf } from './scrape.ts'

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

/** What a supervisor asks of the process; `/metrics` takes the bearer token of the configuration. */
export const healthRoutes = (deps: Deps) =>
  createRouter()
    .openapi(health, (c) => c.json({ status: 'alive' } as const, 200))
    .openapi(readiness, async (c) => c.json(await readReadiness(deps), 200))
    .openapi(metricsRoute, async (c) => {
      if (!bearerIsRight(deps.config.metricsToken, c.req.header('authorization'))) {
        throw new AppError(
          'unauthenticated',
          'Donnez le jeton de VIGIE_METRICS_TOKEN en Authorization: Bearer.',
        )
      }
      const { text, contentType } = await scrapeOf(deps)()
      return c.text(text, 200, { 'Content-Type': contentType })
    })
