import { schema } from '@vigie/db'
import { and, eq, lt, or } from 'drizzle-orm'
import { decoyHash, foldLogin, verifyPassword } from '../../access/password.ts'
import { hashSecret, mintSecret } from '../../access/secret.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { forgive, pseudonymOf, reserveAccount, reserveSource } from './attempts.ts'
import { GRACE_MS } from './durations.ts'
import { expiryOf } from './resume-session.ts'

const AUTH = { role: 'vigie_auth' } as const

export interface Credentials {
  readonly login: string
  readonly password: string
}

/**
 * Sign-in. In: what was typed, the caller's address, the cookie it carried if any (revoked on success).
 * Out: the new cookie's value. Errors: `invalid_credentials`, the same for an unknown login, a wrong password, a
 * disabled or delayed account; `too_many_requests` when the source failed too often.
 */
export async function openSession(
  ctx: Context,
  credentials: Credentials,
  address: string,
  former: string | null,
): Promise<string> {
  const now = ctx.clock.now()
  const source = pseudonymOf(ctx.config.masterKey, address)
  const attempt = await reserve(ctx, foldLogin(credentials.login), source, now)
  if (attempt.sourceLockedUntil) throw tooMany(attempt.sourceLockedUntil, now)
  const stored = attempt.admitted ? attempt.passwordHash : await decoyHash()
  const matches = (await verifyPassword(stored, credentials.password)) && attempt.admitted
  return matches && attempt.accountId
    ? succeed(ctx, attempt.accountId, source, former, now)
    : fail(ctx, attempt.accountId)
}

async function reserve(ctx: Context, login: string, source: string, now: Date) {
  return ctx.db.transact(AUTH, async (tx) => {
    const sourceLockedUntil = await reserveSource(tx, source, now)
    const [account] = await tx.select().from(schema.account).where(eq(schema.account.login, login))
    const known = account?.id ?? ctx.random.uuid()
    const admitted = sourceLockedUntil === null && (await reserveAccount(tx, known, now))
    return {
      sourceLockedUntil,
      accountId: account?.id ?? null,
      passwordHash: account?.passwordHash ?? '',
      admitted: admitted && account?.disabledAt === null,
    }
  })
}

async function succeed(
  ctx: Context,
  accountId: string,
  source: string,
  former: string | null,
  now: Date,
): Promise<string> {
  const token = mintSecret(ctx.random)
  await write(ctx, AUTH, async (tx) => {
    await forgive(tx, accountId, source)
    const [account] = await tx
      .select({ signedInAt: schema.account.signedInAt })
      .from(schema.account)
      .where(eq(schema.account.id, accountId))
    await tx
      .update(schema.account)
      .set({ lastVisitAt: account?.signedInAt ?? null, signedInAt: now })
      .where(eq(schema.account.id, accountId))
    await tx
      .delete(schema.session)
      .where(
        or(
          lt(schema.session.expiresAt, now),
          lt(schema.session.supersededAt, new Date(now.getTime() - GRACE_MS)),
          former
            ? and(eq(schema.session.tokenHash, hashSecret(former)), eq(schema.session.accountId, accountId))
            : undefined,
        ),
      )
    await tx.insert(schema.session).values({
      tokenHash: hashSecret(token),
      accountId,
      createdAt: now,
      rotatedAt: now,
      expiresAt: expiryOf(now, now),
    })
    await record(tx, asAccount(ctx, accountId), {
      action: 'session.opened',
      subject: { kind: 'account', id: accountId },
    })
  })
  return token
}

/** The journal learns which account was tried, and nothing of what was typed for an unknown one. */
async function fail(ctx: Context, accountId: string | null): Promise<never> {
  await write(ctx, AUTH, (tx) =>
    record(tx, ctx, {
      action: 'session.refused',
      subject: accountId ? { kind: 'account', id: accountId } : { kind: 'account', id: 'unknown' },
    }),
  )
  throw new AppError(
    'invalid_credentials',
    'Identifiant ou mot de passe refusé. Après plusieurs échecs, attendez quelques minutes avant de réessayer.',
  )
}

const asAccount = (ctx: Context, id: string): Context => ({
  ...ctx,
  actor: { kind: 'account', id, login: '', displayName: '', grants: [] },
})

const tooMany = (until: Date, now: Date) =>
  new AppError('too_many_requests', 'Trop d’échecs depuis ce réseau. Attendez avant de réessayer.', {
    retryAfterSeconds: Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1_000)),
  })
