import type { PerimeterKind, TokenScope } from '@vigie/db/schema'
import type { Actor } from '../../access/actor.ts'
import { hashSecret } from '../../access/secret.ts'
import type { Deps } from '../../context.ts'
import { answering } from './answering.ts'

const FIND = `select id, name, scope, perimeter_kind, perimeter_code from api_token
  where token_hash = $1 and revoked_at is null and (expires_at is null or expires_at > $2::timestamptz)`

interface Row {
  readonly id: string
  readonly name: string
  readonly scope: TokenScope
  readonly perimeter_kind: PerimeterKind
  readonly perimeter_code: string
}

/**
 * Service account of a bearer token, read by one statement of the verification path; null when unknown, expired or
 * revoked. Never remembered: a revoked token is refused at the next request. Errors: `unavailable`.
 */
export async function findVerifier(
  deps: Deps,
  token: string,
): Promise<Extract<Actor, { kind: 'service' }> | null> {
  const values = [hashSecret(token), deps.clock.now().toISOString()]
  const [found] = await answering(() => deps.db.verification.run<Row>(FIND, values))
  if (!found) return null
  const { id, name, scope, perimeter_kind: kind, perimeter_code: code } = found
  return { kind: 'service', id, name, scope, perimeter: { kind, code } }
}
