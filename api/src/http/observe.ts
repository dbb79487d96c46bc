import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Deps } from '../context.ts'
import type { Env } from './router.ts'

const KNOWN_METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])

/** Any caller may send HEAD, or a method of its own, to any route: they make no series of their own. */
const methodOf = (method: string) =>
  method === 'HEAD' ? 'GET' : KNOWN_METHODS.has(method) ? method : 'OTHER'

/** One log line and one observation a request: route template, never the address, the query, a login or a body. */
export const observe =
  (deps: Deps): MiddlewareHandler<Env> =>
  async (c, next) => {
    const start = performance.now()
    await next()
    const seconds = (performance.now() - start) / 1_000
    const method = methodOf(c.req.method)
    const route = templateOf(routePath(c, -1))
    deps.metrics.observeRequest(method, route, c.res.status, seconds)
    deps.log.info(
      {
        method,
        route,
        status: c.res.status,
        durationMs: Math.round(seconds * 1_000),
        requestId: c.get('requestId'),
      },
      'request',
    )
  }

/** Middleware paths hold a star: the request met no route. */
const templateOf = (path: string) => (path.includes('*') ? 'none' : path)
