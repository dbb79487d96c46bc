import { inflateRawSync } from 'node:zlib'

const MAX_REQUEST = 65_536

/**
 * In: the address of a single sign-on that a redirect names, and the authentication contexts that are strong for this provider.
 * Out: true when the service itself demands one of them, by an essential `acr` of OpenID Connect (Core 1.0, 5.5.1.1), or an
 * exact or minimum `RequestedAuthnContext` of SAML 2.0 (Core, 3.3.2.2.1). A wish (`acr_values` alone) proves nothing.
 */
export function demandsStrong(address: URL, strong: ReadonlySet<string>): boolean {
  return strong.size > 0 && (demandedByClaims(address, strong) || demandedBySaml(address, strong))
}

function demandedByClaims(address: URL, strong: ReadonlySet<string>): boolean {
  const claims = jsonOf(address.searchParams.get('claims'))
  const acr = at(at(claims, 'id_token'), 'acr')
  if (at(acr, 'essential') !== true) return false
  const value = at(acr, 'value')
  const values = at(acr, 'values')
  const asked: unknown[] = Array.isArray(values) ? values : [value]
  return asked.length > 0 && asked.every((name) => typeof name === 'string' && strong.has(name))
}

function demandedBySaml(address: URL, strong: ReadonlySet<string>): boolean {
  const request = address.searchParams.get('SAMLRequest')
  if (request === null) return false
  const xml = inflated(request)
  const context =
    /<(?:\w+:)?RequestedAuthnContext\b([^>]*)>([\s\S]*?)<\/(?:\w+:)?RequestedAuthnContext>/.exec(xml)
  if (!context) return false
  const comparison = /\bComparison\s*=\s*["'](\w+)["']/.exec(context[1] ?? '')?.[1] ?? 'exact'
  if (comparison !== 'exact' && comparison !== 'minimum') return false
  const classes = [
    ...(context[2] ?? '').matchAll(/<(?:\w+:)?AuthnContextClassRef[^>]*>\s*([^<\s]+)\s*</g),
  ].map((found) => found[1] ?? '')
  return classes.length > 0 && classes.every((name) => strong.has(name))
}

const at = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined

function jsonOf(text: string | null): unknown {
  try {
    return text === null ? null : (JSON.parse(text) as unknown)
  } catch {
    return null
  }
}

function inflated(request: string): string {
  try {
    return inflateRawSync(Buffer.from(request, 'base64'), { maxOutputLength: MAX_REQUEST }).toString('utf8')
  } catch {
    return ''
  }
}
