import { redirect, type RequestEvent } from '@sveltejs/kit'
import type { Handle } from '@sveltejs/kit/hooks'
import type { Me } from '#lib/account.ts'
import { nextPlace } from '#lib/sign-in.ts'
import { SCHEME_COOKIE, schemeOf } from '#lib/scheme.ts'
import { apiOf, signInPath, submit } from '#lib/server/api.ts'

const PUBLIC_PATHS: readonly string[] = ['/connexion', '/accessibilite', '/affichage']
/** Open to who has still to show a code, or to take a key up; who cannot show one may say why. */
const UNFINISHED_PATHS = {
  code: [...PUBLIC_PATHS, '/connexion/code', '/ma-cle', '/deconnexion'],
  enrolment: [...PUBLIC_PATHS, '/connexion/cle', '/deconnexion'],
} as const

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
}

type Caller = { readonly me: Me | null; readonly stranger: boolean }

/** When the API does not answer, nobody is known but nobody is sent away: the page itself then says why. */
async function whoIs(event: RequestEvent): Promise<Caller> {
  const sessionless = event.cookies.getAll().every(({ name }) => name === SCHEME_COOKIE)
  if (sessionless) return { me: null, stranger: true }
  const answer = await submit(apiOf(event).v1.me.$get())
  if (answer.ok) return { me: answer.data, stranger: false }
  return { me: null, stranger: answer.problem.status === 401 }
}

/** Knows who calls, sends strangers to sign-in, draws the chosen theme, and hardens every answer. */
export const handle: Handle = async ({ event, resolve }) => {
  event.locals.scheme = schemeOf(event.cookies.get(SCHEME_COOKIE))
  event.locals.me = null
  event.locals.now = new Date()
  if (event.route.id !== null) {
    const { me, stranger } = await whoIs(event)
    event.locals.me = me
    const { pathname, search } = event.url
    if (stranger && !PUBLIC_PATHS.includes(pathname)) redirect(303, signInPath(event.url))
    if (me?.pending && !UNFINISHED_PATHS[me.pending].some((open) => open === pathname))
      redirect(303, nextPlace(me, pathname + search))
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
