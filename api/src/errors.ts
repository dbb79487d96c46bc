/** Codes of refusal; `http/problem.ts` gives each its status and title. */
export type ErrorCode =
  | 'unauthenticated'
  | 'invalid_credentials'
  | 'forbidden'
  | 'not_found'
  | 'invalid_input'
  | 'conflict'
  | 'payload_too_large'
  | 'unsupported_media'
  | 'too_many_requests'
  | 'unavailable'
  | 'internal'

/** One fault of the input: where (JSON pointer, or `ligne 12, colonne uai`) and the remedy, in French. */
export interface InputFault {
  readonly pointer: string
  readonly detail: string
}

/** A refusal that the caller may read. `detail` is French, names the field and the remedy, and nothing secret. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly detail: string
  readonly errors: readonly InputFault[]
  readonly retryAfterSeconds: number | undefined

  constructor(
    code: ErrorCode,
    detail: string,
    options: { errors?: readonly InputFault[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(`${code}: ${detail}`, { cause: options.cause })
    this.code = code
    this.detail = detail
    this.errors = options.errors ?? []
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}
