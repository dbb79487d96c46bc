import type { MiddlewareHandler } from 'hono'
import type { Actor } from '../access/actor.ts'
import type { Deps } from '../context.ts'
import type { Env } from './router.ts'

/** Resolves the caller from the session cookie, the bearer token or HTTP Basic; `anonymous` when none is given. */
export type Authenticator = (deps: Deps, request: Request) => Promise<Actor>

/** Gives every request its context: the caller, the dependencies and the request's identifier. */
export const withContext =
  (deps: Deps, authenticate: Authenticator): MiddlewareHandler<Env> =>
  async (c, next) => {
    const requestId = deps.random.uuid()
    c.header('X-Request-Id', requestId)
    c.set('ctx', { ...deps, actor: await authenticate(deps, c.req.raw), requestId })
    await next()
  }
