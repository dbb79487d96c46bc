import type { Config } from '../context.ts'

/** The `__Host-` prefix binds the cookie to this host and to https; browsers refuse it on plain http. */
export const sessionCookieName = (config: Config): string =>
  config.secureCookies ? '__Host-vigie_session' : 'vigie_session'

const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Lax'
const secure = (config: Config) => (config.secureCookies ? '; Secure' : '')

/** `Set-Cookie` that gives the session to the browser, until it closes. */
export const sessionCookie = (config: Config, token: string): string =>
  `${sessionCookieName(config)}=${token}; ${ATTRIBUTES}${secure(config)}`

/** `Set-Cookie` that takes the session back. */
export const expiredSessionCookie = (config: Config): string =>
  `${sessionCookieName(config)}=; ${ATTRIBUTES}; Max-Age=0${secure(config)}`

/** Session value carried by the request, or null. */
export function sessionTokenOf(config: Config, request: Request): string | null {
  const name = sessionCookieName(config)
  for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
    const equals = pair.indexOf('=')
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim() || null
  }
  return null
}
