import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { AppError } from '../errors.ts'

const MEBIBYTE = 1024 * 1024
const DEFAULT_BYTES = MEBIBYTE
/** Routes that take more, in bytes; null when the route measures its own body. */
const EXCEPTIONS: Readonly<Record<string, number | null>> = {
  '/v1/collect/inventory': null,
  '/v1/collect/evidence': 8 * MEBIBYTE,
  // Ten thousand snapshots of restic.
  '/v1/collect/backups': 8 * MEBIBYTE,
  // Two thousand alerts.
  '/v1/alerts': 4 * MEBIBYTE,
  // The largest public OSCAL catalogs.
  '/v1/frameworks': 16 * MEBIBYTE,
  // A file of 32 MiB, and its form.
  '/v1/keys/imports': 33 * MEBIBYTE,
}

/** A scan of 10 MiB, and its form. */
const SCANS = { path: /^\/v1\/bordereaux\/[^/]+\/scans$/, bytes: 11 * MEBIBYTE } as const

/** Its route measures each body against the limit that is set. */
const PROOFS = /^\/v1\/etablissements\/[^/]+\/proofs$/

const refusal = (bytes: number) =>
  new AppError('payload_too_large', `Le contenu envoyé dépasse ${bytes / MEBIBYTE} Mio.`)

const limitOf = (bytes: number) => ({
  bytes,
  unmeasured: bodyLimit({
    maxSize: bytes,
    onError: () => {
      throw refusal(bytes)
    },
  }),
})

/** Length that the request tells, which Node's parser holds it to; null when it does not. */
const toldLength = ({ headers }: Request): number | null =>
  headers.has('content-length') && !headers.has('transfer-encoding')
    ? Number(headers.get('content-length'))
    : null

/** The limit copies a request whose length is not told; Node's listener hands over one that cannot be copied. */
const copyable = ({ url, method, headers, body, signal }: Request): Request =>
  new Request(url, { method, headers, body, signal, duplex: 'half' } as RequestInit)

/** Refuses a body that no route would read. */
export function limitBodies(): MiddlewareHandler {
  const common = limitOf(DEFAULT_BYTES)
  const others = new Map(
    Object.entries(EXCEPTIONS).map(([path, bytes]) => [path, bytes === null ? null : limitOf(bytes)]),
  )
  const scans = limitOf(SCANS.bytes)
  return (c, next) => {
    if (c.req.method === 'POST' && PROOFS.test(c.req.path)) return next()
    const other = SCANS.path.test(c.req.path) ? scans : others.get(c.req.path)
    const limit = other === undefined ? common : other
    if (!limit) return next()
    // Touching the body of a measured request would make a stream of it for nothing.
    const told = toldLength(c.req.raw)
    if (told !== null) {
      if (told > limit.bytes) throw refusal(limit.bytes)
      return next()
    }
    if (c.req.raw.body) c.req.raw = copyable(c.req.raw)
    return limit.unmeasured(c, next)
  }
}
