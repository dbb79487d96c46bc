import { schema } from '@vigie/db'
import { and, eq, gt, inArray, isNull, or } from 'drizzle-orm'
import { may } from '../../access/authorise.ts'
import type { Actor } from '../../access/actor.ts'
import type { Deps } from '../../context.ts'
import { GRACE_MS } from '../sessions/durations.ts'
import { scopeKey, scopeOf } from './scope.ts'

/** In: hashes of session values. Out: for each that still answers, the key of what its account may see; absent otherwise. */
export async function scopesOfSessions(
  deps: Deps,
  tokenHashes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { account, roleGrant, session } = schema
  const now = deps.clock.now()
  const graceStart = new Date(now.getTime() - GRACE_MS)
  const rows = await deps.db.transact({ role: 'vigie_auth' }, (tx) =>
    tx
      .select({ tokenHash: session.tokenHash, account, grant: roleGrant })
      .from(session)
      .innerJoin(account, eq(account.id, session.accountId))
      .innerJoin(roleGrant, eq(roleGrant.accountId, account.id))
      .where(
        and(
          inArray(session.tokenHash, [...new Set(tokenHashes)]),
          gt(session.expiresAt, now),
          or(isNull(session.supersededAt), gt(session.supersededAt, graceStart)),
          isNull(account.disabledAt),
        ),
      ),
  )
  const scopes = new Map<string, string>()
  for (const [tokenHash, own] of Map.groupBy(rows, (row) => row.tokenHash)) {
    const grants = own.map(({ grant }) => ({
      role: grant.role,
      perimeter: { kind: grant.perimeterKind, code: grant.perimeterCode },
    }))
    const { id, login, displayName } = own[0]!.account
    const actor: Actor = { kind: 'account', id, login, displayName, grants }
    if (may(actor, 'supervision:read')) scopes.set(tokenHash, scopeKeyOf(actor))
  }
  return scopes
}

function scopeKeyOf(actor: Actor): string {
  try {
    return scopeKey(scopeOf(actor))
  } catch {
    return ''
  }
}
