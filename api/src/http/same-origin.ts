import type { Config } from '../context.ts'
import { AppError } from '../errors.ts'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : null)

/**
 * Refuses a change that another site asks a browser to make. `Sec-Fetch-Site` decides when the browser sends it,
 * otherwise `Origin`, compared with the hosts this server is called by. `X-Forwarded-Host` may be trusted here: a page
 * of another site cannot add it without a preflight, which is never granted. `required` refuses when neither is there.
 */
export function refuseCrossSite(request: Request, config: Config, required: boolean): void {
  if (SAFE_METHODS.has(request.method)) return
  const site = request.headers.get('sec-fetch-site')
  if (site !== null) {
    if (site === 'same-origin' || site === 'none') return
    throw refusal()
  }
  const origin = request.headers.get('origin')
  if (origin === null) {
    if (required) throw refusal()
    return
  }
  const known = [
    request.headers.get('x-forwarded-host'),
    request.headers.get('host') ?? new URL(request.url).host,
    config.publicUrl ? hostOf(config.publicUrl) : null,
  ]
  const host = hostOf(origin)
  if (host === null || !known.includes(host)) throw refusal()
}

const refusal = () =>
  new AppError(
    'forbidden',
    'Cette demande vient d’un autre site que Vigie. Revenez sur Vigie et recommencez depuis ses pages.',
  )
