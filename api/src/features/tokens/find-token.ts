import { schema } from '@vigie/db'
import { and, eq, gt, isNull, or } from 'drizzle-orm'
import type { Actor } from '../../access/actor.ts'
import { hashSecret } from '../../access/secret.ts'
import type { Deps } from '../../context.ts'

/** In: a bearer token. Out: its service account; null when unknown, expired or revoked. */
export async function findToken(
  deps: Deps,
  token: string,
): Promise<Extract<Actor, { kind: 'service' }> | null> {
  const { apiToken } = schema
  const [found] = await deps.db.transact({ role: 'vigie_auth' }, (tx) =>
    tx
      .select()
      .from(apiToken)
      .where(
        and(
          eq(apiToken.tokenHash, hashSecret(token)),
          isNull(apiToken.revokedAt),
          or(isNull(apiToken.expiresAt), gt(apiToken.expiresAt, deps.clock.now())),
        ),
      ),
  )
  if (!found) return null
  const { id, name, scope } = found
  return {
    kind: 'service',
    id,
    name,
    scope,
    perimeter: { kind: found.perimeterKind, code: found.perimeterCode },
  }
}
