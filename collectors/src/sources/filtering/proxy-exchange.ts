import { request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

/** A proxy as a workstation of the establishment would use it. */
export interface Proxy {
  readonly url: URL
  readonly credentials?: { readonly user: string; readonly password: string }
}

/** What a proxy did of a request. */
export type ProxyAnswer =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly headers: Readonly<Record<string, string | string[] | undefined>>
    }
  /** The proxy took the request, then cut. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'unreachable'; readonly code: string }

const MAX_HEADERS = 32_768

const optionsOf = ({ url, credentials }: Proxy, host: string, signal: AbortSignal) => ({
  host: url.hostname.replaceAll(/[[\]]/g, ''),
  port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port),
  agent: false,
  signal,
  maxHeaderSize: MAX_HEADERS,
  headers: {
    host,
    'user-agent': 'Vigie (sonde de filtrage)',
    ...(credentials
      ? {
          'proxy-authorization': `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`,
        }
      : {}),
  },
})

/** Asks for the headers of an `http:` address through the proxy, in absolute form (RFC 9112, 3.2.2); no body is read. */
export const askHeaders = (proxy: Proxy, address: URL, signal: AbortSignal): Promise<ProxyAnswer> =>
  answerOf(signal, (answer) => {
    const send = proxy.url.protocol === 'https:' ? requestHttps : requestHttp
    return send(
      { ...optionsOf(proxy, address.host, signal), method: 'HEAD', path: address.href },
      (incoming) => {
        answer(incoming)
        incoming.destroy()
      },
    )
  })

/** Asks for a tunnel to port 443 of a site (RFC 9110, 9.3.6), and lets it go at once. */
export const askTunnel = (proxy: Proxy, site: string, signal: AbortSignal): Promise<ProxyAnswer> =>
  tunnel(proxy, site, signal, (_socket, answer, incoming) => answer(incoming))

/**
 * Asks for the headers of an `https:` site through the tunnel, for filters that open it and look inside. The certificate is
 * not judged: nothing is sent but a HEAD.
 */
export const askInsideTunnel = (proxy: Proxy, site: string, signal: AbortSignal): Promise<ProxyAnswer> =>
  tunnel(proxy, site, signal, (socket, answer, incoming, cut) => {
    if (incoming.statusCode !== 200) return answer(incoming)
    const secure = connectTls({ socket, servername: site, rejectUnauthorized: false })
    secure.on('error', cut)
    secure.on('secureConnect', () => {
      const inner = requestHttp(
        {
          createConnection: () => secure,
          method: 'HEAD',
          path: '/',
          headers: { host: site, connection: 'close' },
          maxHeaderSize: MAX_HEADERS,
          signal,
        },
        (reply) => {
          answer(reply)
          reply.destroy()
        },
      )
      inner.on('error', cut)
      inner.end()
    })
  })

type Answer = (incoming: IncomingMessage) => void

const tunnel = (
  proxy: Proxy,
  site: string,
  signal: AbortSignal,
  opened: (socket: Socket, answer: Answer, incoming: IncomingMessage, cut: () => void) => void,
): Promise<ProxyAnswer> => {
  let held: Socket | undefined
  return answerOf(signal, (answer, cut) => {
    const send = proxy.url.protocol === 'https:' ? requestHttps : requestHttp
    const outgoing = send({
      ...optionsOf(proxy, `${site}:443`, signal),
      method: 'CONNECT',
      path: `${site}:443`,
    })
    outgoing.on('connect', (incoming, socket: Socket) => {
      held = socket
      socket.on('error', cut)
      opened(socket, answer, incoming, cut)
    })
    return outgoing
  }).finally(() => held?.destroy())
}

function answerOf(
  signal: AbortSignal,
  start: (answer: Answer, cut: () => void) => ClientRequest,
): Promise<ProxyAnswer> {
  return new Promise((resolve) => {
    let reached = false
    const answer: Answer = ({ statusCode, headers }) =>
      resolve({ kind: 'answered', status: statusCode ?? 0, headers })
    const late = () => resolve(reached ? { kind: 'silent' } : { kind: 'unreachable', code: 'ETIMEDOUT' })
    // A tunnel that is open has left its request: nothing else would end it.
    signal.addEventListener('abort', late, { once: true })
    const outgoing = start(answer, () => (signal.aborted ? late() : resolve({ kind: 'cut' })))
    outgoing.on('socket', (socket) => socket.once('connect', () => (reached = true)))
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      if (signal.aborted) late()
      else resolve(reached ? { kind: 'cut' } : { kind: 'unreachable', code: error.code ?? '' })
    })
    outgoing.end()
  })
}
