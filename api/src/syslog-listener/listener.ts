import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type Server as TlsServer, type TLSSocket } from 'node:tls'
import { setTimeout as pause } from 'node:timers/promises'
import type { Context, Deps } from '../context.ts'
import { StartupError } from '../startup-error.ts'
import { startCommitter } from './committer.ts'
import { findSource, fingerprintOf } from './find-source.ts'
import { createRefusals, reasonOf } from './refusals.ts'
import { Session } from './session.ts'
import { Tally } from './tally.ts'
import { Wire } from './wire.ts'

export interface SyslogOptions {
  readonly host: string
  readonly port: number
  /** PEM: the certificate of this side with its chain, its key, the authority of the clients. */
  readonly tls: { readonly cert: Buffer; readonly key: Buffer; readonly ca: Buffer }
  readonly maxConnections?: number
  /** Of one source: a machine that loses its mind leaves room for the others. */
  readonly maxConnectionsOfOne?: number
  /** Milliseconds during which what is already sent is still read at the end. */
  readonly drainMs?: number
}

export interface SyslogListener {
  readonly port: number
  /** Bytes held for frames that are not complete, over all connections. */
  held(): number
  /** Stops accepting, reads what was sent, commits it, then ends. */
  close(): Promise<void>
}

const MAX_CONNECTIONS = 2_000
/** A relay opens one for each of its workers; those that broke off without a word last until TCP gives them up. */
const MAX_CONNECTIONS_OF_ONE = 32
const HANDSHAKE_MS = 10_000
const KEEP_ALIVE_MS = 60_000
const DRAIN_MS = 8_000
/** Silence after which nothing can still be on its way. */
const QUIET_MS = 1_500
/** Between two looks at who still speaks. */
const LOOK_MS = 50
const LAST_COMMIT_MS = 5_000

function listen(server: Server, { host, port }: SyslogOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new StartupError(
          `VIGIE_SYSLOG_LISTEN : ${host}:${port} ne peut pas être pris (${error.message}). Choisissez une autre adresse.`,
        ),
      ),
    )
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })
}

function openTls({ tls }: SyslogOptions): TlsServer {
  try {
    return createTlsServer({
      ...tls,
      minVersion: 'TLSv1.2',
      requestCert: true,
      rejectUnauthorized: true,
      handshakeTimeout: HANDSHAKE_MS,
      allowHalfOpen: true,
    })
  } catch (error) {
    throw new StartupError(
      `VIGIE_SYSLOG_TLS_CERT_FILE, VIGIE_SYSLOG_TLS_KEY_FILE et VIGIE_SYSLOG_TLS_CA_FILE ne vont pas ensemble ou ne sont pas au format PEM (${(error as Error).message}).`,
    )
  }
}

/**
 * Receives journals: syslog over TLS with counted octets (RFC 5425), or RELP over TLS, from machines whose certificate
 * the configured authority signed and that `log_source` knows. Keeps counts only. Errors: `StartupError` when the address
 * cannot be taken or the certificates do not fit.
 */
export async function startSyslogListener(deps: Deps, options: SyslogOptions): Promise<SyslogListener> {
  const ctx: Context = { ...deps, actor: { kind: 'system', id: 'syslog' }, requestId: null }
  const { syslog: meters } = ctx.metrics
  const now = () => ctx.clock.now().getTime()
  const tally = new Tally()
  const sessions = new Set<Session>()
  const wires = new Set<Wire>()
  const refuse = createRefusals(ctx)
  let closing = false

  const tell = () => meters.set({ connections: sessions.size, pending: committer.pending() })
  const committer = startCommitter(ctx, tally, {
    sealed: () => {
      for (const session of sessions) session.seal()
    },
    committed: (live, batch) => {
      meters.committed('success')
      for (const session of sessions) {
        if (batch.sources.has(session.sourceId) && !live.has(session.sourceId)) session.destroy()
        else session.acknowledge()
        if (!committer.full()) session.resume()
      }
      tell()
    },
    failed: (error) => {
      meters.committed('failure')
      ctx.log.error({ err: error }, 'counts of journals could not be written; they will be')
    },
  })

  const open = (socket: TLSSocket, wire: Wire, sourceId: string): void => {
    const session = new Session({ socket, wire, sourceId }, tally, {
      now,
      structured: (structured) => meters.received(structured),
      broken: (reason) => {
        meters.broken(reason)
        ctx.log.warn({ reason, sourceId }, 'a source of journals does not count its octets')
      },
      counted: (heard) => {
        committer.counted(heard.waits)
        if (committer.full()) heard.pause()
      },
    })
    sessions.add(session)
    socket.on('close', () => {
      sessions.delete(session)
      tell()
    })
    if (closing) session.finish()
    tell()
  }

  const connectionsOf = (sourceId: string): number =>
    [...sessions].filter((session) => session.sourceId === sourceId).length

  const admit = async (socket: TLSSocket, wire: Wire): Promise<void> => {
    if (socket.getProtocol() === 'TLSv1.3') wire.hold()
    const certificate = socket.getPeerCertificate()
    const sourceId = await findSource(ctx, certificate)
    if (socket.destroyed) return
    if (sourceId === null) {
      refuse('unknown', fingerprintOf(certificate))
      socket.destroy()
    } else if (connectionsOf(sourceId) >= (options.maxConnectionsOfOne ?? MAX_CONNECTIONS_OF_ONE)) {
      refuse('too_many')
      socket.destroy()
    } else if (socket.readableEnded) {
      // It left without a word while it was looked up: its end will not be told again.
      socket.destroy()
    } else open(socket, wire, sourceId)
  }

  openTls(options)
  const server = createServer({ allowHalfOpen: true }, (raw: Socket) => {
    raw.setKeepAlive(true, KEEP_ALIVE_MS)
    if (wires.size >= (options.maxConnections ?? MAX_CONNECTIONS)) {
      refuse('too_many')
      raw.destroy()
      return
    }
    const wire = new Wire(raw)
    wires.add(wire)
    wire.on('error', () => wire.destroy())
    wire.on('close', () => wires.delete(wire))
    // One for each connection: Node does not tell which stream a secured socket stands on.
    openTls(options)
      .on('secureConnection', (socket) => {
        socket.on('error', () => socket.destroy())
        admit(socket, wire).catch((error: unknown) => {
          ctx.log.error({ err: error }, 'a source of journals could not be looked up')
          socket.destroy()
        })
      })
      .on('tlsClientError', (error, socket) => {
        refuse(reasonOf(error, socket))
        socket.destroy()
      })
      .emit('connection', wire)
  })
  const port = await listen(server, options)
  meters.declare()
  tell()

  const drained = async (): Promise<void> => {
    const end = now() + (options.drainMs ?? DRAIN_MS)
    const spoke = (since: number) => [...sessions].some(({ isRelp, heardAt }) => !isRelp && heardAt >= since)
    let [silence, last] = [spoke(0) ? 0 : QUIET_MS, now()]
    while ((silence < QUIET_MS || committer.pending() > 0) && now() < end) {
      await pause(LOOK_MS)
      // While this process was busy nothing was read: that is no silence.
      silence = spoke(last) ? 0 : silence + Math.min(now() - last, 2 * LOOK_MS)
      last = now()
    }
  }
  const close = async (): Promise<void> => {
    closing = true
    server.close()
    for (const session of sessions) {
      session.heardAt = now()
      session.finish()
    }
    await drained()
    const whole = await committer.drain(AbortSignal.timeout(LAST_COMMIT_MS))
    if (!whole) ctx.log.error('the last counts of journals could not be written')
    for (const session of sessions) session.sayGoodbye()
    await pause(sessions.size > 0 ? 100 : 0)
    committer.stop()
    for (const wire of wires) wire.destroy()
  }
  return { port, held: () => [...sessions].reduce((sum, session) => sum + session.held(), 0), close }
}
