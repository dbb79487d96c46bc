import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLoginPath, readDoor } from './login-signs.ts'
import { demandsStrong } from './strong-request.ts'

const STRONG = new Set(['https://refeds.org/profile/mfa', 'eidas2'])

describe('a page shown to anyone', () => {
  it('asks who one is when it holds a password field', () => {
    expect(readDoor('<form><input name=p type=password></form>', undefined)).toBe('login')
    expect(readDoor('<INPUT TYPE="Password">', 'Nouvel article')).toBe('login')
  })

  it('is open when it shows where one writes', () => {
    expect(readDoor('<form><textarea name="texte"></textarea></form>', undefined)).toBe('open')
    expect(readDoor('<div contenteditable="true">', undefined)).toBe('open')
    expect(readDoor('<p>Nouvel article</p>', 'Nouvel article')).toBe('open')
  })

  it('proves nothing otherwise', () => {
    expect(readDoor('<p>Bienvenue</p>', undefined)).toBe('unclear')
    expect(readDoor('<!-- <input type=password> -->', undefined)).toBe('unclear')
    expect(readDoor('<script>"<textarea>"</script><div id=app></div>', undefined)).toBe('unclear')
    expect(readDoor('<textarea>Recherche</textarea>', 'Nouvel article')).toBe('unclear')
  })

  it('is read in bounded time whatever it holds', () => {
    const hostile = ['<!--', '<script ', '<input ', '<noscript>'].map((part) => part.repeat(20_000))
    for (const html of hostile) expect(readDoor(html, undefined)).toBe('unclear')
    fc.assert(
      fc.property(fc.string(), (html) => ['login', 'open', 'unclear'].includes(readDoor(html, undefined))),
    )
  })
})

describe('a redirect', () => {
  it('goes to a login when its path says so', () => {
    const login = [
      '/wp-login.php',
      '/cas/login?service=x',
      '/spip.php/connexion',
      '/auth/realms/x',
      '/saml2/sso',
    ]
    for (const path of login) expect(isLoginPath(new URL(path, 'https://site.exemple.fr'))).toBe(true)
    for (const path of ['/blog', '/catalogue', '/cassettes', '/authors', '/']) {
      expect(isLoginPath(new URL(path, 'https://site.exemple.fr'))).toBe(false)
    }
  })
})

describe('a single sign-on', () => {
  const oidc = (query: Record<string, string>) =>
    new URL(`https://sso.exemple.fr/authorize?${new URLSearchParams(query).toString()}`)
  const saml = (context: string) =>
    oidc({
      SAMLRequest: deflateRawSync(
        Buffer.from(`<samlp:AuthnRequest xmlns:samlp="x">${context}</samlp:AuthnRequest>`),
      ).toString('base64'),
    })
  const context = (comparison: string, name: string) =>
    `<samlp:RequestedAuthnContext Comparison="${comparison}"><saml:AuthnContextClassRef>${name}</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>`

  it('is asked for a strong authentication when the service demands it', () => {
    const claims = { id_token: { acr: { essential: true, values: ['eidas2'] } } }
    expect(demandsStrong(oidc({ claims: JSON.stringify(claims) }), STRONG)).toBe(true)
    expect(demandsStrong(saml(context('exact', 'https://refeds.org/profile/mfa')), STRONG)).toBe(true)
    expect(demandsStrong(saml(context('minimum', 'eidas2')), STRONG)).toBe(true)
  })

  it('is not, for a wish, a weak context, or none that is known', () => {
    const weak = { id_token: { acr: { essential: true, values: ['eidas2', 'eidas1'] } } }
    expect(demandsStrong(oidc({ acr_values: 'eidas2' }), STRONG)).toBe(false)
    expect(demandsStrong(oidc({ claims: JSON.stringify(weak) }), STRONG)).toBe(false)
    expect(demandsStrong(saml(context('maximum', 'eidas2')), STRONG)).toBe(false)
    expect(demandsStrong(saml(''), STRONG)).toBe(false)
    expect(demandsStrong(saml(context('exact', 'eidas2')), new Set())).toBe(false)
    expect(demandsStrong(oidc({ claims: '{', SAMLRequest: '!!' }), STRONG)).toBe(false)
  })

  it('is not, for a request that unfolds without end', () => {
    const bomb = deflateRawSync(Buffer.alloc(10_000_000, 'a')).toString('base64')
    expect(demandsStrong(oidc({ SAMLRequest: bomb }), STRONG)).toBe(false)
  })
})
