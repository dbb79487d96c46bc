import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { connect as connectSecure, type ConnectionOptions, type TLSSocket } from 'node:tls'
import type { TlsOptions } from '../collector.ts'

export type ServerTls = TlsOptions & { readonly serverName?: string }

/** In: certificates, and whether they are enforced. Out: how the socket checks its peer; addresses are no names for SNI (RFC 6066, 3). */
export const secureOptions = (host: string, tls: ServerTls, verified: boolean): ConnectionOptions => {
  const name = tls.serverName ?? host
  return {
    host: name,
    ...(isIP(name) ? {} : { servername: name }),
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
    ...(tls.cert === undefined ? {} : { cert: tls.cert }),
    ...(tls.key === undefined ? {} : { key: tls.key }),
    rejectUnauthorized: verified,
  }
}

/** Opens one socket. Errors: those of the network. `signal` closes it at any time. */
export const openSocket = (host: string, port: number, signal: AbortSignal): Promise<Socket> =>
  opened(connectPlain({ host, port }), 'connect', signal)

/** Encrypts an open socket. Errors: those of TLS. */
export const openTls = (
  socket: Socket,
  options: ConnectionOptions,
  signal: AbortSignal,
): Promise<TLSSocket> => opened(connectSecure({ ...options, socket }), 'secureConnect', signal)

function opened<S extends Socket>(
  socket: S,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
): Promise<S> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      socket.destroy()
      const error: unknown = signal.reason
      reject(error instanceof Error ? error : new Error('aborted'))
    }
    if (signal.aborted) return giveUp()
    signal.addEventListener('abort', giveUp, { once: true })
    socket.once('error', reject)
    socket.once(event, () => {
      socket.removeListener('error', reject)
      signal.removeEventListener('abort', giveUp)
      resolve(socket)
    })
  })
}
