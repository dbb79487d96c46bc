import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Deps } from './context.ts'
import { isLoopback } from './http/client-address.ts'
import { StartupError } from './startup-error.ts'
import { bearerIsRight } from './features/health/bearer.ts'
import { scrapeOf, type Scrape } from './features/health/scrape.ts'

export interface ListenAddress {
  readonly host: string
  readonly port: number
}

export interface MetricsListener {
  readonly port: number
  close(): Promise<void>
}

/** A page of another site, resolved to this machine, would still name itself here. */
const LOCAL_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i

/**
 * Gives the metrics apart from the API. The token is asked as on the API, except on an address that only this machine
 * reaches. Errors: `StartupError` when the address cannot be taken, or is open to others without a token.
 */
export async function startMetricsListener(
  deps: Deps,
  { host, port }: ListenAddress,
): Promise<MetricsListener> {
  const scrape = scrapeOf(deps)
  let open = false
  const server = createServer((request, response) => {
    answer(deps, scrape, open, request, response).catch((error: unknown) => {
      deps.log.error({ err: error }, 'a scrape failed')
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  server.requestTimeout = 15_000
  const address = await new Promise<AddressInfo>((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new StartupError(
          `VIGIE_METRICS_LISTEN : ${host}:${port} ne peut pas être pris (${error.message}). Choisissez une autre adresse.`,
        ),
      ),
    )
    server.listen(port, host, () => resolve(server.address() as AddressInfo))
  })
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  open = isLoopback(address.address)
  if (!open && !deps.config.metricsToken) {
    await close()
    throw new StartupError(
      `VIGIE_METRICS_LISTEN : ${host} est ouverte à d’autres machines. Donnez un jeton par VIGIE_METRICS_TOKEN, ou choisissez 127.0.0.1.`,
    )
  }
  return { port: address.port, close }
}

async function answer(
  deps: Deps,
  scrape: Scrape,
  open: boolean,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const end = (status: number, body: string, contentType = 'text/plain; charset=utf-8') => {
    response.writeHead(status, {
      'Content-Type': contentType,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      ...(status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
    })
    response.end(body)
  }
  if (open && !LOCAL_HOST.test(request.headers.host ?? ''))
    return end(403, 'Appelez cette adresse par 127.0.0.1 ou localhost.\n')
  if (!open && !bearerIsRight(deps.config.metricsToken, request.headers.authorization))
    return end(401, 'Donnez le jeton de VIGIE_METRICS_TOKEN en Authorization: Bearer.\n')
  if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics')
    return end(404, 'Seule l’adresse /metrics est servie ici.\n')
  const { text, contentType } = await scrape()
  end(200, text, contentType)
}
