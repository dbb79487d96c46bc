import { CollectionError } from '../../collector.ts'

const SUCCESS = /^probe_success(?:\{[^}]*\})?[ \t]+(\S+)/m

/**
 * In: an answer of `/probe` of a blackbox exporter (text exposition format). Out: whether the target was reached. Errors:
 * `CollectionError` when it is no such answer, or when the exporter refuses the module.
 */
export function readProbe(status: number, text: string, module: string): boolean {
  if (status === 400) {
    throw new CollectionError(
      `Le blackbox exporter n’a pas de module « ${module} ». Ajoutez-le à sa configuration, ou corrigez « module ».`,
      { retryable: false },
    )
  }
  if (status === 401 || status === 403) {
    throw new CollectionError(
      `Le blackbox exporter refuse l’accès (${status}). Vérifiez « basic » ou « bearerTokenFile ».`,
      { retryable: false },
    )
  }
  const value = SUCCESS.exec(text)?.[1]
  if (status !== 200 || (value !== '0' && value !== '1')) {
    throw new CollectionError(
      `L’adresse donnée ne répond pas comme un blackbox exporter (${status}). Indiquez son adresse, sans « /probe ».`,
      { retryable: status >= 500 },
    )
  }
  return value === '1'
}
