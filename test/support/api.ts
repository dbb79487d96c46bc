import { createApp, type AppType } from '@vigie/api'
import type { Deps } from '@vigie/api/context'
import type { Database, Perimeter } from '@vigie/db'
import type { Role, TokenScope } from '@vigie/db/schema'
import { openAccount, openToken } from './account.ts'
import { depsOn } from './deps.ts'

/** Headers that make the caller known. */
export type Credentials = Readonly<Record<string, string>>

export interface Call {
  readonly method?: string
  readonly as?: Credentials
  /** Sent as JSON. */
  readonly json?: unknown
  readonly body?: BodyInit
  readonly headers?: Readonly<Record<string, string>>
}

export interface Api {
  readonly app: AppType
  readonly deps: Deps
  request(path: string, call?: Call): Promise<Response>
  /** Opens a session for a new account that holds this role. */
  signIn(role: Role, perimeter: Perimeter): Promise<Credentials>
  /** Signs in with these credentials; the answer as it came. */
  enter(login: string, password: string, headers?: Record<string, string>): Promise<Response>
  /** Mints a service account. */
  token(scope: TokenScope, perimeter: Perimeter): Promise<Credentials>
}

export const PASSWORD = 'phrase longue des essais'

/** Session cookie of an answer, ready to be sent back; empty when none was set. */
export const cookieOf = (response: Response): string =>
  response.headers.getSetCookie().at(-1)?.split(';')[0] ?? ''

/** The whole API on a database of the suite's own, called without a network. */
export function anApi(db: Database, overrides: Partial<Deps> = {}): Api {
  const deps = depsOn(db, overrides)
  const app = createApp(deps)
  const request: Api['request'] = async (path, call = {}) =>
    app.request(path, {
      method: call.method ?? 'GET',
      headers: {
        'Sec-Fetch-Site': 'same-origin',
        ...(call.json === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...call.as,
        ...call.headers,
      },
      ...(call.json === undefined ? {} : { body: JSON.stringify(call.json) }),
      ...(call.body === undefined ? {} : { body: call.body }),
    })
  const enter: Api['enter'] = (login, password, headers = {}) =>
    request('/v1/sessions', { method: 'POST', json: { login, password }, headers })
  return {
    app,
    deps,
    request,
    enter,
    signIn: async (role, perimeter) => {
      const login = `${role}.${deps.random.uuid().slice(0, 8)}`
      await openAccount(deps, { login, password: PASSWORD, grants: [{ role, perimeter }] })
      const response = await enter(login, PASSWORD)
      if (response.status !== 204) throw new Error(`sign-in answered ${response.status}`)
      return { Cookie: cookieOf(response) }
    },
    token: async (scope, perimeter) => ({
      Authorization: `Bearer ${await openToken(deps, scope, perimeter)}`,
    }),
  }
}
