import { connect, type PeerCertificate } from 'node:tls'

/** What a TLS service showed. */
export type CertificateReading =
  | {
      readonly kind: 'shown'
      readonly validTo: Date
      /** Null when a client trusts it, else why not. */
      readonly distrust: string | null
    }
  | { readonly kind: 'silent'; readonly code: string }

/**
 * Opens a TLS session, reads the certificate and closes: nothing is sent. The certificate's own trust is told, not required.
 * In: PEM authorities that the school's own services use, if any.
 */
export function readCertificate(
  { host, port }: { host: string; port: number },
  ca: string | undefined,
  signal: AbortSignal,
): Promise<CertificateReading> {
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port,
      servername: /^[\d.:]+$/.test(host) ? '' : host,
      rejectUnauthorized: false,
      ...(ca === undefined ? {} : { ca }),
    })
    const end = (reading: CertificateReading) => {
      signal.removeEventListener('abort', giveUp)
      socket.destroy()
      resolve(reading)
    }
    const giveUp = () => end({ kind: 'silent', code: 'ETIMEDOUT' })
    signal.addEventListener('abort', giveUp, { once: true })
    socket.on('error', (error: NodeJS.ErrnoException) => end({ kind: 'silent', code: error.code ?? '' }))
    socket.on('secureConnect', () => {
      const certificate: Partial<PeerCertificate> = socket.getPeerCertificate()
      const validTo = new Date(certificate.valid_to ?? Number.NaN)
      if (Number.isNaN(validTo.getTime())) return end({ kind: 'silent', code: 'sans certificat' })
      const distrust = socket.authorized ? null : String(socket.authorizationError)
      end({ kind: 'shown', validTo, distrust })
    })
  })
}
