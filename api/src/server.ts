import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { createApp } from './app.ts'
import type { Deps } from './context.ts'
import { closeStreams } from './features/live/hub.ts'
import { startRecorder } from './features/live/recorder.ts'
import { isLoopback } from './http/client-address.ts'
import { StartupError } from './startup-error.ts'

export type WebHandler = (request: IncomingMessage, response: ServerResponse) => unknown

export interface ServerOptions {
  readonly port: number
  readonly host: string
  /** Loads the screens once the address of the API is known; null when they are not built. */
  readonly loadWebHandler?: (apiUrl: string) => Promise<WebHandler | null>
}

export interface RunningServer {
  readonly port: number
  /** Address at which this machine calls the server. */
  readonly url: string
  /** Refuses new connections, lets the requests under way finish (10 s at most). */
  close(): Promise<void>
}

const API_PATH = /^\/(v1|healthz|readyz|metrics)(\/|\?|$)/
const CLOSING_MS = 10_000

const NO_SCREENS: WebHandler = (_request, response) => {
  response.writeHead(503, {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
  })
  response.end('Les pages de Vigie ne sont pas construites ou se préparent. L’API répond sous /v1.\n')
}

/**
 * What the screens believe of the caller comes from the configured address, else from this machine's proxy, else from
 * the connection; never from afar.
 */
function setForwardedHeaders(request: IncomingMessage, publicUrl: string | null): void {
  const { headers, socket } = request
  const trusted = isLoopback(socket.remoteAddress)
  const forwarded = (name: string) => (trusted ? headers[name] : undefined)
  const known = publicUrl ? new URL(publicUrl) : null
  headers['x-forwarded-for'] = forwarded('x-forwarded-for') ?? socket.remoteAddress ?? ''
  headers['x-forwarded-proto'] = known?.protocol.slice(0, -1) ?? forwarded('x-forwarded-proto') ?? 'http'
  headers['x-forwarded-host'] = known?.host ?? forwarded('x-forwarded-host') ?? headers.host ?? ''
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port, host)))
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}

/** Takes the port and gives it back: a taken one is told before the database opens. Errors: `StartupError`. */
export async function refuseTakenPort(port: number, host: string): Promise<void> {
  const probe = createServer()
  await listen(probe, port, host)
  await new Promise<void>((resolve) => probe.close(() => resolve()))
}

function listenError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartupError(
        `Le port ${port} est déjà pris sur ${host}. Arrêtez ce qui l’occupe, ou choisissez-en un autre : VIGIE_PORT=${port + 1}`,
      )
    case 'EACCES':
      return new StartupError(
        `Le port ${port} demande des droits d’administration. Choisissez un port d’au moins 1024 (VIGIE_PORT).`,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartupError(
        `L’adresse ${host} n’est pas une adresse de cette machine. Corrigez VIGIE_HOST.`,
      )
    default:
      return error
  }
}

function localUrl(host: string, port: number): string {
  const local = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `http://${local.includes(':') ? `[${local}]` : local}:${port}`
}

/**
 * One port for the API and the screens: `/v1`, `/healthz`, `/readyz`, `/metrics` go to the API, the rest to the
 * screens. Errors: `StartupError` when the port or the address cannot be taken.
 */
export async function startServer(deps: Deps, options: ServerOptions): Promise<RunningServer> {
  const app = createApp(deps)
  const api = getRequestListener(app.fetch, { overrideGlobalObjects: false })
  let web: WebHandler = NO_SCREENS
  const server = createServer((request, response) => {
    if (API_PATH.test(request.url ?? '')) {
      void api(request, response)
      return
    }
    setForwardedHeaders(request, deps.config.publicUrl)
    web(request, response)
  })
  server.requestTimeout = 60_000
  server.headersTimeout = 15_000
  const port = await listen(server, options.port, options.host)
  const url = localUrl(options.host, port)
  web = (await options.loadWebHandler?.(url)) ?? NO_SCREENS
  const recorder = startRecorder(deps)
  const close = async () => {
    closeStreams(deps)
    await stop(server)
    await recorder.stop()
  }
  return { port, url, close }
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), CLOSING_MS)
    server.close(() => {
      clearTimeout(late)
      resolve()
    })
    server.closeIdleConnections()
  })
}
