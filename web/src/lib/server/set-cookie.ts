/** A `Set-Cookie` header, in the words of SvelteKit's `cookies.set`. The value stays as the API encoded it. */
export interface RelayedCookie {
  readonly name: string
  readonly value: string
  readonly options: {
    path: string
    httpOnly: boolean
    secure: boolean
    sameSite?: 'lax' | 'strict' | 'none'
    maxAge?: number
    expires?: Date
  }
}

const SAME_SITE = ['lax', 'strict', 'none'] as const

/** In: one `Set-Cookie` header (RFC 6265 §4.1). Out: its parts, null when it names no cookie. */
export function parseSetCookie(header: string): RelayedCookie | null {
  const [pair = '', ...attributes] = header.split(';')
  const equals = pair.indexOf('=')
  const name = pair.slice(0, equals).trim()
  if (equals < 1 || name === '') return null
  const options: RelayedCookie['options'] = { path: '/', httpOnly: false, secure: false }
  for (const attribute of attributes) {
    const [key = '', ...rest] = attribute.split('=')
    const value = rest.join('=').trim()
    switch (key.trim().toLowerCase()) {
      case 'path':
        options.path = value || '/'
        break
      case 'httponly':
        options.httpOnly = true
        break
      case 'secure':
        options.secure = true
        break
      case 'max-age':
        if (/^-?\d+$/.test(value)) options.maxAge = Number(value)
        break
      case 'expires':
        if (!Number.isNaN(Date.parse(value))) options.expires = new Date(value)
        break
      case 'samesite': {
        const policy = SAME_SITE.find((known) => known === value.toLowerCase())
        if (policy) options.sameSite = policy
      }
    }
  }
  return { name, value: pair.slice(equals + 1).trim(), options }
}
