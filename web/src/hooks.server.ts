import { redirect, type Handle, type RequestEvent } from '@sveltejs/kit'
import type { Me } from '#lib/account.ts'
import { SCHEME_COOKIE, schemeOf } from '#lib/scheme.ts'
import { apiOf, read, signInPath } from '#lib/server/api.ts'

const PUBLIC_PATHS: readonly string[] = ['/connexion', '/accessibilite', '/affichage']

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
}

async function whoIs(event: RequestEvent): Promise<Me | null> {
  if (event.cookies.getAll().every(({ name }) => name === SCHEME_COOKIE)) return null
  const call = apiOf(event).v1.me.$get()
  const response = await call.catch(() => null)
  if (response?.status === 401) return null
  return read(call, event.url)
}

/** Knows who calls, sends strangers to sign-in, draws the chosen theme, and hardens every answer. */
export const handle: Handle = async ({ event, resolve }) => {
  event.locals.scheme = schemeOf(event.cookies.get(SCHEME_COOKIE))
  event.locals.me = null
  if (event.route.id !== null) {
    event.locals.me = await whoIs(event)
    if (!event.locals.me && !PUBLIC_PATHS.includes(event.url.pathname)) redirect(303, signInPath(event.url))
  }
  const { scheme } = event.locals
  const response = await resolve(event, {
    transformPageChunk: ({ html }) =>
      html.replace('%vigie.scheme%', scheme).replace('%vigie.theme%', scheme === 'dark' ? 'dark' : 'light'),
  })
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value)
  if (response.headers.get('content-type')?.startsWith('text/html')) {
    response.headers.set('Cache-Control', 'private, no-store')
  }
  return response
}
