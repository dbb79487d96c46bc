import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { CollectionError, type CollectorIo } from '../collector.ts'

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connexion refusée',
  ENOTFOUND: 'nom inconnu',
  EAI_AGAIN: 'résolution du nom impossible',
  ECONNRESET: 'connexion coupée',
  EHOSTUNREACH: 'machine injoignable',
  ETIMEDOUT: 'délai dépassé',
  CERT_HAS_EXPIRED: 'certificat expiré',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificat non reconnu',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificat non reconnu',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificat non reconnu',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificat d’un autre nom',
}

const MIB = 1_048_576
/** What a Prometheus says of 60,000 establishments, several times over. */
const MAX_BYTES = 64 * MIB

async function textOf(incoming: IncomingMessage, host: string, maxBytes: number): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) {
      throw new CollectionError(
        `${host} répond par plus de ${Math.floor(maxBytes / MIB)} Mio. Vérifiez que cette adresse est la bonne.`,
        { retryable: false },
      )
    }
    parts.push(chunk)
  }
  return Buffer.concat(parts).toString('utf8')
}

/**
 * One HTTP exchange with the system's own certificates; redirects are not followed. Errors: `CollectionError` in French
 * when the system cannot be reached, or says too much; the address is named without its path nor credentials.
 */
export const httpRequest: CollectorIo['request'] = async (
  url,
  { method, headers, body, tls, maxBytes = MAX_BYTES },
  signal,
) => {
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  try {
    return await new Promise<{ status: number; text: string }>((resolve, reject) => {
      const outgoing = send(url, { method, headers, signal, ...tls }, (incoming) => {
        textOf(incoming, url.host, maxBytes).then(
          (text) => resolve({ status: incoming.statusCode ?? 0, text }),
          reject,
        )
      })
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  } catch (error) {
    if (signal.aborted || error instanceof CollectionError) throw error
    const code = (error as NodeJS.ErrnoException).code ?? ''
    throw new CollectionError(`${url.host} ne répond pas (${REASONS[code] ?? (code || 'erreur réseau')}).`, {
      retryable: true,
    })
  }
}
