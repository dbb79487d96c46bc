import type { Socket, connect as connectPlain } from 'node:net'
import { connect as connectSecure, type ConnectionOptions, type TLSSocket } from 'node:tls'
import { Client } from 'ldapts'
import { CollectionError } from '../../collector.ts'
import { openSocket, openTls, secureOptions, type ServerTls } from '../socket.ts'
import type { Directory } from './directory.ts'
import { readingOf } from './reading.ts'

export interface Opening {
  readonly url: URL
  readonly tls: ServerTls
  /** Milliseconds of rest between two requests. */
  readonly pauseMs: number
  readonly requestTimeoutMs: number
  readonly signal: AbortSignal
}

/**
 * `clear`: no secret may be sent. `unverified`: encrypted, whoever the peer is; no secret may be sent either.
 * `verified`: encrypted to the right peer.
 */
export type Protection = 'clear' | 'unverified' | 'verified'

export interface Connection extends Directory {
  readonly protection: Protection
  /** Simple bind. Errors: as the directory answers (`resultCodeOf`). */
  bind(dn: string, password: string): Promise<void>
  /** The encrypted socket, null in clear. */
  readonly peer: TLSSocket | null
  close(): Promise<void>
}

/**
 * Opens one connection and never a second: a library that reconnects by itself would speak in clear again.
 * `ldap:` is encrypted by StartTLS before anything else is said. Errors: as the network, TLS or the directory give them.
 */
export async function openConnection(opening: Opening, protection: Protection): Promise<Connection> {
  const { url, tls, signal, requestTimeoutMs } = opening
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const direct = url.protocol === 'ldaps:'
  const soon = AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)])
  const socket = await openSocket(host, Number(url.port || (direct ? 636 : 389)), soon)
  const options = secureOptions(host, tls, protection === 'verified')
  let peer: TLSSocket | null = null
  const destroy = () => {
    peer?.destroy()
    socket.destroy()
  }
  try {
    if (direct) peer = await openTls(socket, options, soon)
    const client = clientOver(peer ?? socket, opening, (upgraded) => {
      peer = upgraded
    })
    const ask = spaced(opening, destroy)
    if (!direct && protection !== 'clear') await ask(() => client.startTLS(options))
    const encrypted = peer
    signal.addEventListener('abort', destroy, { once: true })
    return {
      protection,
      peer: encrypted,
      bind: (dn, password) => ask(() => client.bind(dn, password)),
      close: async () => {
        signal.removeEventListener('abort', destroy)
        await client.unbind().catch(() => undefined)
        destroy()
      },
      ...readingOf(client, ask, url.host),
    }
  } catch (error) {
    destroy()
    throw error
  }
}

function clientOver(
  socket: Socket,
  { url, requestTimeoutMs }: Opening,
  upgraded: (peer: TLSSocket) => void,
): Client {
  let taken = false
  const take = () => {
    if (taken) throw new CollectionError(`L’annuaire ${url.host} a fermé la connexion.`, { retryable: true })
    taken = true
    return socket
  }
  const upgrade = (options: ConnectionOptions) => {
    const peer = connectSecure(options)
    upgraded(peer)
    return peer
  }
  return new Client({
    url: `ldap://${url.host}`,
    timeout: requestTimeoutMs,
    createConnection: take as typeof connectPlain,
    createSecureConnection: upgrade as typeof connectSecure,
  })
}

/** Requests one after the other, spaced, each given up with the collection or after its own delay. */
export type Ask = <T>(request: () => Promise<T>) => Promise<T>

const spaced =
  ({ url, pauseMs, requestTimeoutMs, signal }: Opening, destroy: () => void): Ask =>
  async (request) => {
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    signal.throwIfAborted()
    const late = AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)])
    let giveUp = () => {}
    const gaveUp = new Promise<never>((_, reject) => {
      giveUp = () => {
        destroy()
        reject(
          new CollectionError(`L’annuaire ${url.host} ne répond pas en ${requestTimeoutMs / 1_000} s.`, {
            retryable: true,
          }),
        )
      }
      late.addEventListener('abort', giveUp, { once: true })
    })
    try {
      return await Promise.race([request(), gaveUp])
    } finally {
      late.removeEventListener('abort', giveUp)
    }
  }
