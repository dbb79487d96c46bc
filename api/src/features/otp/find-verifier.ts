import type { Database } from '@vigie/db'
import type { PerimeterKind, TokenScope } from '@vigie/db/schema'
import type { Actor } from '../../access/actor.ts'
import { hashSecret } from '../../access/secret.ts'
import type { Deps } from '../../context.ts'
import { AppError } from '../../errors.ts'
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

type Verifier = Extract<Actor, { kind: 'service' }>

/** Far more than an académie has relying applications. */
const REMEMBERED = 500

const known = new WeakMap<Database, Map<string, Verifier>>()

/** Called when one of them no longer may verify. */
export const forgetVerifiers = (db: Database): void => void known.delete(db)

export const refusedCaller = () =>
  new AppError('invalid_credentials', 'Le jeton ou le compte de collecte est inconnu, expiré ou révoqué.')

/**
 * Service account of a bearer token, by one statement of the verification path; null when unknown, expired or revoked.
 * Remembered: the first statement of each verification asks again whether it still may. Errors: `unavailable`.
 */
export async function findVerifier(deps: Deps, token: string): Promise<Verifier | null> {
  const hash = hashSecret(token)
  const remembered = known.get(deps.db) ?? new Map<string, Verifier>()
  known.set(deps.db, remembered)
  return remembered.get(hash) ?? (await lookUp(deps, hash, remembered))
}

async function lookUp(deps: Deps, hash: string, remembered: Map<string, Verifier>): Promise<Verifier | null> {
  const values = [hash, deps.clock.now().toISOString()]
  const [found] = await answering(() => deps.db.verification.run<Row>(FIND, values))
  if (!found) return null
  const { id, name, scope, perimeter_kind: kind, perimeter_code: code } = found
  const verifier: Verifier = { kind: 'service', id, name, scope, perimeter: { kind, code } }
  if (scope !== 'otp:verify') return verifier
  if (remembered.size >= REMEMBERED) remembered.clear()
  remembered.set(hash, verifier)
  return verifier
}
