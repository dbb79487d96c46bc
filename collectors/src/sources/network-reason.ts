const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connexion refusée',
  ENOTFOUND: 'nom inconnu',
  EAI_AGAIN: 'résolution du nom impossible',
  ECONNRESET: 'connexion coupée',
  EPIPE: 'connexion coupée',
  EHOSTUNREACH: 'machine injoignable',
  ENETUNREACH: 'réseau injoignable',
  ETIMEDOUT: 'délai dépassé',
}

const CERTIFICATE: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'certificat expiré',
  CERT_NOT_YET_VALID: 'certificat pas encore valide',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificat non reconnu',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificat non reconnu',
  UNABLE_TO_GET_ISSUER_CERT: 'certificat non reconnu',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificat non reconnu',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificat non reconnu',
  CERT_REVOKED: 'certificat révoqué',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificat d’un autre nom',
}

/** How a signal of `AbortSignal.timeout` names its reason. */
const LATE = 'TimeoutError'

const codeOf = (error: unknown): string =>
  typeof error === 'string'
    ? error
    : error instanceof Error && error.name === LATE
      ? 'ETIMEDOUT'
      : error instanceof Error && 'code' in error && typeof error.code === 'string'
        ? error.code
        : ''

/** In: an error or the code of one. Out: why a certificate is refused, in French; null when it is not about a certificate. */
export const tlsReason = (error: unknown): string | null => CERTIFICATE[codeOf(error)] ?? null

/** In: an error of the network, or the code of one. Out: its reason, in French, without address. */
export const networkReason = (error: unknown): string =>
  NETWORK[codeOf(error)] ?? (codeOf(error) || 'erreur réseau')
