import { isAbsolute } from 'node:path'

export type ClamdAddress = { readonly path: string } | { readonly host: string; readonly port: number }

const DEFAULT_PORT = 3_310

/**
 * In: `unix:/run/clamav/clamd.ctl`, a bare absolute path, `tcp://antivirus.exemple.fr:3310` or `antivirus.exemple.fr`.
 * Out: where clamd listens; null when the text says none of these.
 */
export function parseClamdAddress(text: string): ClamdAddress | null {
  const path = text.replace(/^unix:(\/\/)?/, '')
  if (isAbsolute(path)) return { path }
  const url = `tcp://${text.replace(/^tcp:\/\//, '')}`
  if (!URL.canParse(url)) return null
  const { hostname, port, pathname, search, username } = new URL(url)
  if (!hostname || username || search || (pathname !== '' && pathname !== '/')) return null
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? DEFAULT_PORT : Number(port) }
}
