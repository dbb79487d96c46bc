import type { MiddlewareHandler } from 'hono'
import type { Actor } from '../access/actor.ts'
import type { Deps } from '../context.ts'
import type { Env } from './router.ts'
import { sessionCookie } from './session-cookie.ts'

/**
 * Resolves the caller from the session cookie, the bearer token or HTTP Basic; `anonymous` when none is given.
 * `renew` hands a new session value back to the browser.
 */
export type Authenticator = (deps: Deps, request: Request, renew?: (token: string) => void) => Promise<Actor>

/** Gives every request its context: the caller, the dependencies and the request's identifier. */
export const withContext =
  (deps: Deps, authenticate: Authenticator): MiddlewareHandler<Env> =>
  async (c, next) => {
    const requestId = deps.random.uuid()
    c.set('requestId', requestId)
    c.header('X-Request-Id', requestId)
    const renew = (token: string) =>
      c.header('Set-Cookie', sessionCookie(deps.config, token), { append: true })
    c.set('ctx', { ...deps, actor: await authenticate(deps, c.req.raw, renew), requestId })
    await next()
  }
