import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import {
  encodeEntities,
  listRows,
  refuse,
  GlpiError,
  type GlpiAnswer,
  type GlpiRow,
} from './glpi-double-rows.ts'

/**
 * A double of GLPI's REST API (`apirest.php`, 9.5 and 10), recorded from its public documentation and behaviour. It is not
 * GLPI: it knows sessions, tickets, follow-ups and solutions, and refuses what the real one refuses, in the real one's
 * order and words.
 */
export interface GlpiDouble {
  /** Ends with `/apirest.php`. */
  readonly url: string
  readonly userToken: string
  readonly appToken: string
  readonly tickets: readonly GlpiRow[]
  readonly followUps: readonly GlpiRow[]
  readonly solutions: readonly GlpiRow[]
  /** Method and path of each request, in the order they came. */
  readonly requests: readonly string[]
  readonly openSessions: number
  expireSessions(): void
  setStatus(ticketId: number, status: number): void
  /** Puts a ticket in GLPI's trash, then empties it. */
  purge(ticketId: number): void
  /** The profile of the account loses or gets back the right to create tickets. */
  allowCreation(allowed: boolean): void
  /** Does what the next request of that method and path asks, then closes the line without an answer. */
  loseAnswerTo(request: string): void
  /** Answers every request with this instead; null returns to normal. */
  replaceAnswers(answer: { status: number; headers?: Record<string, string>; body: string } | null): void
  delayAnswers(ms: number): void
  goDown(): Promise<void>
  /** On the same port. */
  goUp(): Promise<void>
  close(): Promise<void>
}

const CREATE = 4
const CLOSED = 6

interface Call {
  readonly method: string
  readonly segments: readonly string[]
  readonly query: URLSearchParams
  readonly input: unknown
  readonly session: string | null
}

export async function aGlpiDouble(): Promise<GlpiDouble> {
  const userToken = 'jetonPersonnelDesEssais0123456789abcdef'
  const appToken = 'jetonApplicationDesEssais0123456789abcd'
  const tickets: GlpiRow[] = []
  const followUps: GlpiRow[] = []
  const solutions: GlpiRow[] = []
  const requests: string[] = []
  const sessions = new Set<string>()
  let rights = 31
  let lost: string | null = null
  let replaced: { status: number; headers?: Record<string, string>; body: string } | null = null
  let delayMs = 0
  let opened = 0

  const tables: Readonly<Record<string, GlpiRow[]>> = {
    Ticket: tickets,
    ITILFollowup: followUps,
    ITILSolution: solutions,
  }

  function checkApp(request: IncomingMessage, query: URLSearchParams): void {
    const given = request.headers['app-token'] ?? query.get('app_token') ?? ''
    if (given === appToken) return
    if (given === '') {
      refuse(400, 'ERROR_APP_TOKEN_PARAMETERS_MISSING', 'missing parameter app_token', true)
    }
    refuse(400, 'ERROR_WRONG_APP_TOKEN_PARAMETER', 'parameter app_token seems wrong', true)
  }

  function initSession(request: IncomingMessage, query: URLSearchParams): GlpiAnswer {
    const [, given = query.get('user_token')] =
      /user_token (\S+)/.exec(request.headers.authorization ?? '') ?? []
    if (!given) {
      refuse(
        400,
        'ERROR_LOGIN_PARAMETERS_MISSING',
        'parameter(s) login, password or user_token are missing',
        true,
      )
    }
    if (given !== userToken) {
      refuse(401, 'ERROR_GLPI_LOGIN_USER_TOKEN', 'parameter user_token seems invalid')
    }
    const token = createHash('sha1')
      .update(`session ${(opened += 1)}`)
      .digest('hex')
      .slice(0, 26)
    sessions.add(token)
    return { status: 200, body: { session_token: token } }
  }

  function checkSession(session: string | null): void {
    if (!session) {
      refuse(400, 'ERROR_SESSION_TOKEN_MISSING', 'parameter session_token is missing or empty', true)
    }
    if (!sessions.has(session)) refuse(401, 'ERROR_SESSION_TOKEN_INVALID', 'session_token seems invalid')
  }

  const forbidden = () => refuse(400, 'ERROR_GLPI_ADD', "You don't have permission to perform this action.")

  function ticketOf(input: GlpiRow): GlpiRow {
    const ticket = tickets.find(({ id }) => id === Number(input['items_id']))
    if (input['itemtype'] !== 'Ticket' || !ticket) return forbidden()
    return ticket
  }

  function add(itemtype: string, input: GlpiRow): GlpiRow {
    if (itemtype === 'Ticket') {
      if ((rights & CREATE) === 0) forbidden()
      if (!input['content']) {
        refuse(400, 'ERROR_GLPI_ADD', 'Mandatory fields are not filled. Please correct: Description')
      }
      const known = { entities_id: 0, type: 1, urgency: 3, itilcategories_id: 0, is_deleted: 0 }
      const fields = ['name', 'content', ...Object.keys(known)]
      const given = Object.fromEntries(Object.entries(input).filter(([name]) => fields.includes(name)))
      return { ...known, ...given, status: 1 }
    }
    const ticket = ticketOf(input)
    if (Number(ticket['status']) >= CLOSED) forbidden()
    if (!input['content']) refuse(400, 'ERROR_GLPI_ADD', 'Mandatory fields are not filled.')
    if (itemtype === 'ITILSolution') {
      if (Number(ticket['status']) >= 5) {
        refuse(400, 'ERROR_GLPI_ADD', 'The item is already solved, did anyone pushed a solution before you?')
      }
      ticket['status'] = 5
    }
    return { itemtype: 'Ticket', items_id: Number(input['items_id']), content: input['content'] }
  }

  function create(itemtype: string, input: unknown, api: string): GlpiAnswer {
    if (typeof input !== 'object' || input === null || Array.isArray(input)) {
      refuse(400, 'ERROR_BAD_ARRAY', 'input parameter must be an array of objects', true)
    }
    const table = tables[itemtype] ?? []
    const id = table.length + 1
    table.push({ id, ...encodeEntities(add(itemtype, { ...(input as GlpiRow) })) })
    return {
      status: 201,
      headers: { location: `${api}/${itemtype}/${id}` },
      body: { id, message: `Item successfully added: ${id}` },
    }
  }

  function update(id: number, input: unknown): GlpiAnswer {
    if (typeof input !== 'object' || input === null) {
      refuse(400, 'ERROR_BAD_ARRAY', 'input parameter must be an array of objects', true)
    }
    const ticket = tickets.find((row) => row.id === id)
    if (!ticket) return refuse(400, 'ERROR_GLPI_UPDATE', 'Item not found')
    Object.assign(ticket, encodeEntities({ ...(input as GlpiRow), id }))
    return { status: 200, body: [{ [id]: true, message: '' }] }
  }

  function item(call: Call, api: string): GlpiAnswer {
    const [itemtype = '', id, child] = call.segments
    if (!(itemtype in tables) || (child && !(child in tables))) {
      refuse(
        400,
        'ERROR_RESOURCE_NOT_FOUND_NOR_COMMONDBTM',
        'resource not found or not an instance of CommonDBTM',
        true,
      )
    }
    if (call.method === 'POST') return create(child ?? itemtype, call.input, api)
    if (call.method === 'PUT' || call.method === 'PATCH') return update(Number(id), call.input)
    if (call.method !== 'GET') refuse(405, 'ERROR_METHOD_NOT_ALLOWED', 'Method Not Allowed', true)
    if (id === undefined) return listRows(itemtype, tables[itemtype] ?? [], call.query)
    const parent = (tables[itemtype] ?? []).find((row) => row.id === Number(id))
    if (!parent) return refuse(404, 'ERROR_ITEM_NOT_FOUND', 'Item not found')
    if (!child) return { status: 200, body: { ...parent, links: [] } }
    const rows = (tables[child] ?? []).filter((row) => row['items_id'] === parent.id)
    return listRows(child, rows, call.query)
  }

  async function answer(request: IncomingMessage, api: string): Promise<GlpiAnswer> {
    const url = new URL(request.url ?? '/', 'http://glpi.invalid')
    const path = url.pathname.replace(/^.*\/apirest\.php\/?/, '')
    const method = request.method ?? 'GET'
    const body = (await text(request)).trim()
    if (body && method === 'GET') {
      const told = 'GET Request should not have json payload (http body)'
      refuse(400, 'ERROR_JSON_PAYLOAD_FORBIDDEN', told, true)
    }
    const json = (request.headers['content-type'] ?? 'application/json').includes('application/json')
    let parameters: { input?: unknown } | null = {}
    try {
      parameters = json && body ? (JSON.parse(body) as { input?: unknown } | null) : {}
    } catch {
      refuse(400, 'ERROR_JSON_PAYLOAD_INVALID', 'JSON payload seems not valid')
    }
    const header = request.headers['session-token']
    const session = typeof header === 'string' ? header : url.searchParams.get('session_token')
    checkApp(request, url.searchParams)
    const segments = path.split('/').filter(Boolean)
    if (segments[0] === 'initSession') return initSession(request, url.searchParams)
    checkSession(session)
    if (segments[0] === 'killSession') {
      sessions.delete(session ?? '')
      return { status: 200, body: true }
    }
    if (segments[0] === 'getActiveProfile') {
      return { status: 200, body: { active_profile: { id: 6, name: 'Technician', ticket: rights } } }
    }
    return item({ method, segments, query: url.searchParams, input: parameters?.input, session }, api)
  }

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = `${request.method} ${(request.url ?? '').replace(/^.*apirest\.php\//, '').split('?')[0]}`
    requests.push(asked)
    if (delayMs > 0) await pause(delayMs)
    if (replaced) {
      response.writeHead(replaced.status, replaced.headers).end(replaced.body)
      return
    }
    const given = await answer(request, url()).catch((error: unknown) => {
      if (error instanceof GlpiError) return error.answer
      throw error
    })
    if (lost === asked) {
      lost = null
      request.socket.destroy()
      return
    }
    response.writeHead(given.status, {
      'Content-Type': 'application/json; charset=UTF-8',
      'Cache-Control': 'no-store',
      ...given.headers,
    })
    response.end(JSON.stringify(given.body))
  }

  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.destroy())
  })
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => resolve())
    })
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  await listen(0)
  const { port } = server.address() as AddressInfo
  const url = () => `http://127.0.0.1:${port}/apirest.php`

  return {
    url: url(),
    userToken,
    appToken,
    tickets,
    followUps,
    solutions,
    requests,
    get openSessions() {
      return sessions.size
    },
    expireSessions: () => sessions.clear(),
    setStatus: (ticketId, status) => {
      const ticket = tickets.find(({ id }) => id === ticketId)
      if (!ticket) throw new Error(`no ticket ${ticketId}`)
      ticket['status'] = status
    },
    purge: (ticketId) => {
      const index = tickets.findIndex(({ id }) => id === ticketId)
      tickets.splice(index, 1)
    },
    allowCreation: (allowed) => {
      rights = allowed ? 31 : 1
    },
    loseAnswerTo: (asked) => {
      lost = asked
    },
    replaceAnswers: (given) => {
      replaced = given
    },
    delayAnswers: (ms) => {
      delayMs = ms
    },
    goDown: stop,
    goUp: () => listen(port),
    close: async () => {
      if (server.listening) await stop()
    },
  }
}
