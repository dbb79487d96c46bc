import { schema } from '@vigie/db'
import { and, eq, gt, inArray, isNull } from 'drizzle-orm'
import type { Actor, Grant } from '../../access/actor.ts'
import type { Deps } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { GRACE_MS } from '../sessions/durations.ts'
import { scopeKey, scopeOf } from './scope.ts'

/** The browser was given another value since: whoever shows this one must come again. */
const SUPERSEDED = 'superseded'

/**
 * In: hashes of session values. Out: for each whose session lasts and may supervise, the key of what its account may
 * see, or that the value was superseded. Asking prolongs nothing.
 */
export async function scopesOfSessions(
  deps: Deps,
  tokenHashes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { account, roleGrant, session } = schema
  const now = deps.clock.now()
  const graceStart = new Date(now.getTime() - GRACE_MS)
  const rows = await deps.db.transact({ role: 'vigie_auth' }, (tx) =>
    tx
      .select({ session, account, grant: roleGrant })
      .from(session)
      .innerJoin(account, eq(account.id, session.accountId))
      .innerJoin(roleGrant, eq(roleGrant.accountId, account.id))
      .where(
        and(
          inArray(session.tokenHash, [...new Set(tokenHashes)]),
          gt(session.expiresAt, now),
          isNull(account.disabledAt),
        ),
      ),
  )
  const scopes = new Map<string, string>()
  for (const [tokenHash, own] of Map.groupBy(rows, (row) => row.session.tokenHash)) {
    const [{ session: opened, account: holder }] = own as [(typeof own)[number]]
    if (opened.supersededAt && opened.supersededAt <= graceStart) {
      scopes.set(tokenHash, SUPERSEDED)
      continue
    }
    const { id, login, displayName } = holder
    const scope = scopeKeyOf({ kind: 'account', id, login, displayName, grants: own.map(grantOf) })
    if (scope !== null) scopes.set(tokenHash, scope)
  }
  return scopes
}

const grantOf = ({ grant }: { grant: typeof schema.roleGrant.$inferSelect }): Grant => ({
  role: grant.role,
  perimeter: { kind: grant.perimeterKind, code: grant.perimeterCode },
})

function scopeKeyOf(actor: Actor): string | null {
  try {
    return scopeKey(scopeOf(actor))
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}
