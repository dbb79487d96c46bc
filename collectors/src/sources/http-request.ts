import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { text } from 'node:stream/consumers'
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

/**
 * One HTTP exchange with the system's own certificates. Errors: `CollectionError` in French when the system cannot be
 * reached; the address is named without its path nor credentials.
 */
export const httpRequest: CollectorIo['request'] = async (url, { method, headers, body, tls }, signal) => {
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  try {
    return await new Promise<{ status: number; text: string }>((resolve, reject) => {
      const outgoing = send(url, { method, headers, signal, ...tls }, (incoming) => {
        text(incoming).then((content) => resolve({ status: incoming.statusCode ?? 0, text: content }), reject)
      })
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  } catch (error) {
    if (signal.aborted) throw error
    const code = (error as NodeJS.ErrnoException).code ?? ''
    throw new CollectionError(`${url.host} ne répond pas (${REASONS[code] ?? (code || 'erreur réseau')}).`, {
      retryable: true,
    })
  }
}
