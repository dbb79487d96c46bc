import type { Config } from '../../context.ts'
import {
  OutgoingError,
  sendOutgoing,
  type OutgoingOptions,
  type OutgoingRequest,
} from './outgoing-request.ts'

/** The REST API of one GLPI (`apirest.php`, 9.5 and 10), in one session that opens at the first need. */
export interface GlpiApi {
  get(path: string, query?: Readonly<Record<string, string>>): Promise<unknown>
  post(path: string, input: Readonly<Record<string, unknown>>): Promise<unknown>
  put(path: string, input: Readonly<Record<string, unknown>>): Promise<unknown>
  /** Ends the session; never fails. */
  close(): Promise<void>
}

export interface GlpiAccess {
  /** Ends with `/apirest.php`. */
  readonly url: string
  readonly appToken: string | null
  readonly userToken: string
}

/** GLPI answered by one of its errors. Source: the documentation of its REST API, section on errors. */
export class GlpiRefusal extends OutgoingError {
  readonly code: string
  readonly status: number

  constructor(code: string, status: number, detail: string) {
    super(detail, false, { affectsAll: ACCESS.has(code) })
    this.code = code
    this.status = status
  }
}

/** Refusals of Vigie as a whole, rather than of one request. */
const ACCESS = new Set([
  'ERROR_GLPI_LOGIN_USER_TOKEN',
  'ERROR_GLPI_LOGIN',
  'ERROR_LOGIN_PARAMETERS_MISSING',
  'ERROR_WRONG_APP_TOKEN_PARAMETER',
  'ERROR_APP_TOKEN_PARAMETERS_MISSING',
  'ERROR_NOT_ALLOWED_IP',
])

const WORDS: Readonly<Record<string, string>> = {
  ERROR_GLPI_LOGIN_USER_TOKEN: 'le jeton personnel (user_token) du compte',
  ERROR_GLPI_LOGIN: 'la connexion du compte',
  ERROR_LOGIN_PARAMETERS_MISSING: 'une connexion sans jeton personnel',
  ERROR_WRONG_APP_TOKEN_PARAMETER: 'le jeton d’application (App-Token)',
  ERROR_APP_TOKEN_PARAMETERS_MISSING: 'une demande sans jeton d’application (App-Token) : donnez-en un',
  ERROR_NOT_ALLOWED_IP: 'l’adresse de Vigie : ajoutez-la au client de l’API',
  ERROR_SESSION_TOKEN_INVALID: 'la session, pourtant nouvelle',
  ERROR_RIGHT_MISSING: 'l’accès : le profil du compte n’a pas ce droit',
  ERROR_ITEM_NOT_FOUND: 'ce ticket : il n’existe plus, ou n’est pas visible du compte',
}

interface Exchange {
  readonly method: OutgoingRequest['method']
  readonly path: string
  readonly query?: Readonly<Record<string, string>> | undefined
  readonly input?: Readonly<Record<string, unknown>> | undefined
}

function readJson(url: URL, status: number, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new OutgoingError(
      `${url.host} ne répond pas comme l’API REST de GLPI (HTTP ${status}). Vérifiez l’adresse, et que cette API est activée.`,
      true,
    )
  }
}

/** GLPI words its errors as `["ERROR_…", "message"]`. */
function refusalOf(url: URL, status: number, answer: unknown): OutgoingError {
  const [code, message] = Array.isArray(answer) ? (answer as unknown[]) : []
  if (typeof code !== 'string' || status >= 500) {
    return new OutgoingError(`${url.host} a répondu HTTP ${status}.`, true)
  }
  const words = WORDS[code]
  const told = typeof message === 'string' ? message.split('; ')[0]!.slice(0, 200) : ''
  return new GlpiRefusal(
    code,
    status,
    words ? `GLPI refuse ${words} (${code}).` : `GLPI refuse la demande (${code}) : ${told}`,
  )
}

/** Opens nothing yet. The caller closes it. */
export function openGlpi(config: Config, access: GlpiAccess, options: OutgoingOptions): GlpiApi {
  let session: string | null = null
  const app = access.appToken === null ? {} : { 'App-Token': access.appToken }

  async function send(
    { method, path, query, input }: Exchange,
    headers: Readonly<Record<string, string>>,
  ): Promise<unknown> {
    const url = new URL(`${access.url}/${path}`)
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value)
    const body = input === undefined ? {} : { body: JSON.stringify({ input }) }
    const answer = await sendOutgoing(
      config,
      { method, url, headers: { 'Content-Type': 'application/json', ...app, ...headers }, ...body },
      options,
    )
    const read = readJson(url, answer.status, answer.text)
    if (answer.status >= 400) throw refusalOf(url, answer.status, read)
    return read
  }

  async function openSession(): Promise<string> {
    const answer = await send(
      { method: 'GET', path: 'initSession' },
      { Authorization: `user_token ${access.userToken}` },
    )
    const token = (answer as { session_token?: unknown } | null)?.session_token
    if (typeof token !== 'string' || token === '') {
      throw new OutgoingError('GLPI a ouvert une session sans en donner le jeton.', true)
    }
    return token
  }

  async function call(exchange: Exchange): Promise<unknown> {
    const kept = session !== null
    session ??= await openSession()
    try {
      return await send(exchange, { 'Session-Token': session })
    } catch (error) {
      // A session that was kept may have expired meanwhile: GLPI did nothing, the request is made again in a new one.
      if (!kept || !(error instanceof GlpiRefusal) || error.code !== 'ERROR_SESSION_TOKEN_INVALID')
        throw error
      session = await openSession()
      return send(exchange, { 'Session-Token': session })
    }
  }

  return {
    get: (path, query) => call({ method: 'GET', path, query }),
    post: (path, input) => call({ method: 'POST', path, input }),
    put: (path, input) => call({ method: 'PUT', path, input }),
    close: async () => {
      if (session === null) return
      const token = session
      session = null
      await send({ method: 'GET', path: 'killSession' }, { 'Session-Token': token }).catch(() => {})
    },
  }
}
