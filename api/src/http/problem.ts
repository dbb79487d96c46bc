import { z } from '@hono/zod-openapi'
import type { Context as HonoContext } from 'hono'
import type { AppError, ErrorCode } from '../errors.ts'

/** The only place where a code of refusal meets HTTP: feeds `onError` and every route's OpenAPI. */
export const PROBLEMS = {
  unauthenticated: { status: 401, title: 'Connexion requise' },
  invalid_credentials: { status: 401, title: 'Identifiants refusés' },
  forbidden: { status: 403, title: 'Accès refusé' },
  not_found: { status: 404, title: 'Introuvable' },
  invalid_input: { status: 422, title: 'Saisie incorrecte' },
  conflict: { status: 409, title: 'Conflit' },
  payload_too_large: { status: 413, title: 'Contenu trop volumineux' },
  unsupported_media: { status: 415, title: 'Format non pris en charge' },
  too_many_requests: { status: 429, title: 'Trop de tentatives' },
  unavailable: { status: 503, title: 'Service momentanément indisponible' },
  internal: { status: 500, title: 'Erreur interne' },
} as const satisfies Record<ErrorCode, { status: number; title: string }>

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string().optional(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  })
  .openapi('Problem')

const CONTENT = { 'application/problem+json': { schema: problemSchema } }

type ProblemResponses<C extends ErrorCode> = {
  [S in (typeof PROBLEMS)[C]['status']]: { description: string; content: typeof CONTENT }
}

/** OpenAPI responses of the refusals that a route can answer. */
export function problemResponses<const C extends ErrorCode>(...codes: C[]): ProblemResponses<C> {
  const byStatus = new Map<number, string[]>()
  for (const code of codes) {
    const { status, title } = PROBLEMS[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), title])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, titles]) => [status, { description: titles.join(' ou '), content: CONTENT }]),
  ) as ProblemResponses<C>
}

/** RFC 9457 answer of a refusal. */
export function problemAnswer(c: HonoContext, error: AppError): Response {
  const { status, title } = PROBLEMS[error.code]
  if (error.retryAfterSeconds !== undefined) c.header('Retry-After', String(error.retryAfterSeconds))
  return c.body(
    JSON.stringify({
      type: 'about:blank',
      title,
      status,
      detail: error.detail,
      ...(error.errors.length > 0 ? { errors: error.errors } : {}),
    }),
    status,
    { 'Content-Type': 'application/problem+json; charset=utf-8' },
  )
}
