import { schema, type Tx } from '@vigie/db'
import { and, eq, gt, isNull, or } from 'drizzle-orm'
import type { Actor, Grant } from '../../access/actor.ts'
import { hashSecret, mintSecret } from '../../access/secret.ts'
import type { Deps } from '../../context.ts'
import { pendingFactor } from '../second-factor/pending-factor.ts'
import { ABSOLUTE_MS, GRACE_MS, IDLE_MS, ROTATION_MS, TOUCH_MS } from './durations.ts'

export type AccountActor = Extract<Actor, { kind: 'account' }>

export interface ResumedSession {
  readonly actor: AccountActor
  /** New value of the cookie, when this request is the one that changed it. */
  readonly renewed: string | null
}

type Session = typeof schema.session.$inferSelect

/** Instant at which a session born at `createdAt` ends, if this is its last request. */
export const expiryOf = (createdAt: Date, now: Date): Date =>
  new Date(Math.min(createdAt.getTime() + ABSOLUTE_MS, now.getTime() + IDLE_MS))

/** In: the cookie's value. Out: its account with its grants; null when unknown, expired, superseded or disabled. */
export function resumeSession(deps: Deps, token: string): Promise<ResumedSession | null> {
  const now = deps.clock.now()
  return deps.db.transact({ role: 'vigie_auth' }, async (tx) => {
    const rows = await tx
      .select({
        session: schema.session,
        account: schema.account,
        grant: schema.roleGrant,
        holderId: schema.otpHolder.id,
        keyState: schema.otpKey.state,
        keyKind: schema.otpKey.kind,
      })
      .from(schema.session)
      .innerJoin(schema.account, eq(schema.account.id, schema.session.accountId))
      .leftJoin(schema.roleGrant, eq(schema.roleGrant.accountId, schema.account.id))
      .leftJoin(schema.otpHolder, eq(schema.otpHolder.accountId, schema.account.id))
      .leftJoin(schema.otpCredential, eq(schema.otpCredential.holderId, schema.otpHolder.id))
      .leftJoin(schema.otpKey, eq(schema.otpKey.id, schema.otpCredential.keyId))
      .where(
        and(
          eq(schema.session.tokenHash, hashSecret(token)),
          gt(schema.session.expiresAt, now),
          or(
            isNull(schema.session.supersededAt),
            gt(schema.session.supersededAt, new Date(now.getTime() - GRACE_MS)),
          ),
          isNull(schema.account.disabledAt),
        ),
      )
    const [first] = rows
    if (!first) return null
    const grants = rows.flatMap(({ grant }) => (grant ? [grantOf(grant)] : []))
    const { id, login, displayName, lastVisitAt } = first.account
    const { holderId, keyKind, session, account } = first
    // The tokens of the demonstration are in nobody's hands: no code of theirs can be asked.
    const keyState = account.demonstration && keyKind === 'hardware' ? null : first.keyState
    const strong = !account.demonstration && grants.some(({ role }) => deps.config.strongRoles.includes(role))
    const pending = session.strength === 'otp' ? null : pendingFactor(keyState, strong)
    return {
      actor: { kind: 'account', id, login, displayName, grants, lastVisitAt, pending, holderId },
      renewed: await keepAlive(deps, tx, first.session, now),
    }
  })
}

const grantOf = (row: typeof schema.roleGrant.$inferSelect): Grant => ({
  role: row.role,
  perimeter: { kind: row.perimeterKind, code: row.perimeterCode },
})

/** Rotates a value that has served long enough, otherwise pushes the idle limit. Out: the new value, if any. */
async function keepAlive(deps: Deps, tx: Tx, session: Session, now: Date): Promise<string | null> {
  if (session.supersededAt) return null
  const expiresAt = expiryOf(session.createdAt, now)
  const current = and(eq(schema.session.tokenHash, session.tokenHash), isNull(schema.session.supersededAt))
  if (now.getTime() - session.rotatedAt.getTime() < ROTATION_MS) {
    if (expiresAt.getTime() - session.expiresAt.getTime() >= TOUCH_MS) {
      await tx.update(schema.session).set({ expiresAt }).where(current)
    }
    return null
  }
  const superseded = await tx
    .update(schema.session)
    .set({ supersededAt: now })
    .where(current)
    .returning({ tokenHash: schema.session.tokenHash })
  if (superseded.length === 0) return null
  const token = mintSecret(deps.random)
  await tx.insert(schema.session).values({
    tokenHash: hashSecret(token),
    accountId: session.accountId,
    strength: session.strength,
    createdAt: session.createdAt,
    rotatedAt: now,
    expiresAt,
  })
  return token
}
