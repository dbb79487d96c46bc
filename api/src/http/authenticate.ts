import type { Actor } from '../access/actor.ts'
import type { Deps } from '../context.ts'
import { findCollectorAccount } from '../features/inventory/find-collector-account.ts'
import { findVerifier, refusedCaller } from '../features/otp/find-verifier.ts'
import { resumeSession } from '../features/sessions/resume-session.ts'
import { findToken } from '../features/tokens/find-token.ts'
import type { Authenticator } from './authentication.ts'
import { refuseCrossSite } from './same-origin.ts'
import { sessionTokenOf } from './session-cookie.ts'

/**
 * Resolves the caller. `Authorization` goes before the cookie; a header that names nobody is refused, a cookie that
 * no longer answers makes an anonymous caller. Errors: `invalid_credentials`, `forbidden` (request of another site).
 */
export const authenticate: Authenticator = async (deps, request, renew) => {
  const header = request.headers.get('authorization')
  if (header !== null) return fromHeader(deps, header, VERIFICATION.test(request.url))
  const token = sessionTokenOf(deps.config, request)
  const resumed = token === null ? null : await resumeSession(deps, token)
  refuseCrossSite(request, deps.config, resumed !== null)
  if (!resumed) return { kind: 'anonymous' }
  if (resumed.renewed) renew?.(resumed.renewed)
  return resumed.actor
}

/** The verification path finds its callers by itself. */
const VERIFICATION = /^[a-z]+:\/\/[^/]*\/v1\/otp\//

async function fromHeader(deps: Deps, header: string, verification: boolean): Promise<Actor> {
  const [, scheme = '', value = ''] = /^(\S+) +(\S+)\s*$/.exec(header) ?? []
  const actor =
    scheme.toLowerCase() === 'bearer'
      ? await (verification ? findVerifier : findToken)(deps, value)
      : scheme.toLowerCase() === 'basic'
        ? await fromBasic(deps, value)
        : null
  if (actor) return actor
  throw refusedCaller()
}

/** RFC 7617: `login:secret` in base64, the secret may hold colons. */
async function fromBasic(deps: Deps, encoded: string): Promise<Actor | null> {
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon < 1) return null
  return findCollectorAccount(deps.db, text.slice(0, colon), text.slice(colon + 1))
}
