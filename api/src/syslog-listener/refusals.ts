import type { RefusedPeer } from '@vigie/collectors'
import type { TLSSocket } from 'node:tls'
import type { Context } from '../context.ts'

const LINE_EVERY_MS = 10_000

/** In: what ended a handshake, and its socket. Out: why, in few words. */
export function reasonOf(error: NodeJS.ErrnoException, socket: TLSSocket): RefusedPeer {
  if (error.code === 'ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE') return 'no_certificate'
  // A certificate that does not verify is no error of the handshake: Node hangs up after it.
  return socket.authorizationError ? 'untrusted' : 'handshake'
}

/**
 * Counts refused peers, and tells of them at most every ten seconds for each reason: no address and no name, only the
 * fingerprint of a certificate that the authority signed and that no source has.
 */
export function createRefusals(ctx: Context) {
  const told = new Map<RefusedPeer, { at: number; untold: number }>()
  return (reason: RefusedPeer, fingerprint: string | null = null): void => {
    ctx.metrics.syslog.refused(reason)
    const now = ctx.clock.now().getTime()
    const last = told.get(reason)
    if (last && now - last.at < LINE_EVERY_MS) {
      last.untold += 1
      return
    }
    told.set(reason, { at: now, untold: 0 })
    ctx.log.warn({ reason, fingerprint, alsoRefused: last?.untold ?? 0 }, 'syslog peer refused')
  }
}
