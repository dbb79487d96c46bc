import type { TLSSocket } from 'node:tls'
import { tlsReason } from './network-reason.ts'

export interface PeerCertificate {
  /** Whole days left at that instant, 0 once it is over. */
  readonly days: number
  /** Why a client refuses it, in French; null when it is right. */
  readonly fault: string | null
}

/** In: an encrypted socket whose certificate was not enforced. Out: what is to be said of it. */
export function certificateOf(socket: TLSSocket, now: Date): PeerCertificate {
  const end = new Date(socket.getPeerCertificate().valid_to)
  const days = Math.floor((end.getTime() - now.getTime()) / 86_400_000)
  const known: unknown = socket.authorizationError
  const code = known instanceof Error && 'code' in known ? String(known.code) : String(known)
  return {
    days: Number.isFinite(days) ? Math.max(0, days) : 0,
    fault: socket.authorized ? null : (tlsReason(code) ?? 'certificat refusé'),
  }
}
