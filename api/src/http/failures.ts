import type { Context as HonoContext } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Deps } from '../context.ts'
import { AppError } from '../errors.ts'
import { problemAnswer } from './problem.ts'
import type { Env } from './router.ts'

/** Driver and server codes that mean that the database is away, not that the request is wrong. */
const DATABASE_AWAY =
  /^(DATABASE_AWAY|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTFOUND|EPIPE|57P0[123]|53300|08\d\d\d|40001|40P01)$/

/** PostgreSQL's answer to a text that holds U+0000, as such or in JSON. */
const UNSTORABLE_TEXT = new Set(['22021', '22P05'])

function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return []
  const code = (error as NodeJS.ErrnoException).code
  return [...(typeof code === 'string' ? [code] : []), ...codesOf(error.cause)]
}

/** Turns what a request threw into the refusal that the caller may read. */
export function refusalOf(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (error instanceof HTTPException && error.status === 400 && /FormData/.test(error.message)) {
    return new AppError(
      'invalid_input',
      'Le formulaire envoyé est mal formé : joignez le fichier de nouveau.',
    )
  }
  if (error instanceof HTTPException && error.status === 400) {
    return new AppError('invalid_input', 'La requête n’est pas du JSON bien formé.')
  }
  if (error instanceof HTTPException && error.status === 415) {
    return new AppError('invalid_input', 'Envoyez du JSON, annoncé par Content-Type: application/json.')
  }
  const codes = codesOf(error)
  if (codes.some((code) => UNSTORABLE_TEXT.has(code))) {
    return new AppError(
      'invalid_input',
      'La requête contient un caractère nul, qui ne peut pas être enregistré.',
    )
  }
  if (codes.some((code) => DATABASE_AWAY.test(code))) {
    return new AppError('unavailable', 'La base de données ne répond pas. Réessayez dans un instant.', {
      retryAfterSeconds: 5,
    })
  }
  return new AppError(
    'internal',
    'Une erreur inattendue est survenue. Donnez le numéro de la demande à l’assistance.',
  )
}

/** Nothing after the realm: the FusionInventory agent takes all that follows for its name, then finds no password. */
const CHALLENGE_BASIC = 'Basic realm="Vigie"'
const CHALLENGE_BEARER = 'Bearer realm="Vigie"'

/** Answers what a request threw; only an unexpected failure is logged, without the request's content. */
export const answerFailure = (deps: Deps) => (error: Error, c: HonoContext<Env>) => {
  const refusal = refusalOf(error)
  if (refusal.code === 'internal' || refusal.code === 'unavailable') {
    deps.log.error({ failure: traceOf(error), requestId: c.get('requestId') }, 'request failed')
  }
  const answer = problemAnswer(c, refusal)
  if (answer.status === 401 && !answer.headers.has('WWW-Authenticate')) {
    answer.headers.set(
      'WWW-Authenticate',
      c.req.path === '/v1/collect/inventory' ? CHALLENGE_BASIC : CHALLENGE_BEARER,
    )
  }
  return answer
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** What the log keeps of a failure: a database's message quotes values, which may be personal, so its code stands for it. */
function traceOf(error: Error): Record<string, string | undefined> {
  const cause = error.cause instanceof Error ? error.cause : error
  const fields = cause as Error & Record<string, unknown>
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const ofDatabase = text(fields['code']) !== undefined
  return {
    name: cause.name,
    ...(ofDatabase
      ? {
          code: text(fields['code']),
          table: text(fields['table']),
          constraint: text(fields['constraint']),
        }
      : { message: cause.message }),
    stack: frames.slice(0, 12).join('\n'),
  }
}
