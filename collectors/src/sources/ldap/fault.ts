import { ResultCodeError } from 'ldapts'
import { CollectionError } from '../../collector.ts'
import { networkReason, tlsReason } from '../network-reason.ts'

/** Result codes of RFC 4511 that are told by name. */
export const RESULT = {
  sizeLimitExceeded: 4,
  timeLimitExceeded: 3,
  adminLimitExceeded: 11,
  strongerAuthRequired: 8,
  confidentialityRequired: 13,
  noSuchObject: 32,
  inappropriateAuthentication: 48,
  invalidCredentials: 49,
  insufficientAccess: 50,
  busy: 51,
  unavailable: 52,
  unwillingToPerform: 53,
} as const

const SAID: Readonly<Record<number, string>> = {
  [RESULT.sizeLimitExceeded]: 'il limite le nombre d’entrées rendues à ce compte',
  [RESULT.timeLimitExceeded]: 'il limite la durée des recherches de ce compte',
  [RESULT.confidentialityRequired]: 'il exige une connexion chiffrée',
  [RESULT.strongerAuthRequired]: 'il exige une connexion chiffrée',
  [RESULT.invalidCredentials]: 'il refuse le compte de lecture ou son mot de passe',
  [RESULT.insufficientAccess]: 'il refuse ce droit au compte de lecture',
  [RESULT.unwillingToPerform]: 'il refuse cette demande',
}

/** A refusal of the directory, which keeps its code. */
export class Refusal extends CollectionError {
  readonly code: number

  constructor(code: number, message: string) {
    super(message, { retryable: false })
    this.code = code
  }
}

/** In: what a request threw. Out: the result code of the directory, null when it did not answer. */
export const resultCodeOf = (error: unknown): number | null =>
  error instanceof ResultCodeError || error instanceof Refusal ? error.code : null

/** What a port says that does not encrypt: that nothing listens there, that it hangs up, or no word of TLS. */
const TURNED_DOWN = /^(ECONNREFUSED|ECONNRESET|EPROTO|ERR_SSL_.*|ERR_TLS_.*)$/

/** In: what opening threw. Out: whether the directory, or its machine, answered no; silence is no answer. */
export const isAnswer = (error: Error): boolean =>
  resultCodeOf(error) !== null || ('code' in error && TURNED_DOWN.test(String(error.code)))

/** In: what a request threw, and the host asked. Out: the failure in French, without anything of the exchange. */
export function faultOf(error: unknown, host: string): CollectionError {
  if (error instanceof CollectionError) return error
  const code = resultCodeOf(error)
  if (code !== null) {
    return new Refusal(
      code,
      `L’annuaire ${host} ne répond pas comme attendu : ${SAID[code] ?? `code ${code}`}.`,
    )
  }
  const said = tlsReason(error)
  if (said) return new CollectionError(`Le certificat de ${host} est refusé (${said}).`, { retryable: false })
  return new CollectionError(`${host} ne répond pas (${networkReason(error)}).`, { retryable: true })
}
