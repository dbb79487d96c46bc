import { createHmac, hkdfSync } from 'node:crypto'
import { schema, type Tx } from '@vigie/db'
import { and, eq, isNull, lt, lte, or, sql, type SQL } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'

interface Allowance {
  /** Failures that cost nothing. */
  readonly free: number
  readonly firstDelaySeconds: number
  readonly longestDelaySeconds: number
}

export const ACCOUNT_ALLOWANCE: Allowance = { free: 4, firstDelaySeconds: 15, longestDelaySeconds: 900 }
/** A source may be a whole school behind one address. */
export const SOURCE_ALLOWANCE: Allowance = { free: 29, firstDelaySeconds: 30, longestDelaySeconds: 900 }
const FORGET_MS = 24 * 60 * 60 * 1_000

/** Seconds during which the next attempt is refused, after this many failures: doubles, bounded. */
export function delayAfter(failures: number, allowance: Allowance): number {
  const beyond = failures - allowance.free
  if (beyond <= 0) return 0
  return Math.min(allowance.longestDelaySeconds, allowance.firstDelaySeconds * 2 ** Math.min(beyond - 1, 20))
}

/** The same delay in SQL, for the count after this failure; null while failures are free. */
function lockAfter(count: AnyPgColumn, now: Date, allowance: Allowance): SQL<Date | null> {
  const { free, firstDelaySeconds, longestDelaySeconds } = allowance
  return sql`case when ${count} + 1 <= ${free} then null else ${now.toISOString()}::timestamptz + least(
    ${longestDelaySeconds}::float8, ${firstDelaySeconds}::float8 * power(2, least(${count} - ${free}, 20))
  ) * interval '1 second' end`
}

/** Pseudonym of a source: kept for a day, useless without the master key. */
export function pseudonymOf(masterKey: Uint8Array, address: string): string {
  const key = hkdfSync('sha256', masterKey, '', 'vigie sign-in source', 32)
  return createHmac('sha256', new Uint8Array(key)).update(address).digest('hex').slice(0, 32)
}

/**
 * Counts the attempt before anything is compared, so that parallel guesses cannot outrun the count.
 * Out: null when it may go on, else the instant from which the source is heard again.
 */
export async function reserveSource(tx: Tx, source: string, now: Date): Promise<Date | null> {
  const { signInSource } = schema
  await tx.delete(signInSource).where(lt(signInSource.updatedAt, new Date(now.getTime() - FORGET_MS)))
  const [reserved] = await tx
    .insert(signInSource)
    .values({ source, failedCount: 1, lockedUntil: null, updatedAt: now })
    .onConflictDoUpdate({
      target: signInSource.source,
      set: {
        failedCount: sql`${signInSource.failedCount} + 1`,
        lockedUntil: lockAfter(signInSource.failedCount, now, SOURCE_ALLOWANCE),
        updatedAt: now,
      },
      setWhere: or(isNull(signInSource.lockedUntil), lte(signInSource.lockedUntil, now))!,
    })
    .returning({ source: signInSource.source })
  if (reserved) return null
  const [locked] = await tx
    .select({ lockedUntil: signInSource.lockedUntil })
    .from(signInSource)
    .where(eq(signInSource.source, source))
  return locked?.lockedUntil ?? now
}

/** Same for an account. Out: whether the attempt may go on. */
export async function reserveAccount(tx: Tx, accountId: string, now: Date): Promise<boolean> {
  const { account } = schema
  const reserved = await tx
    .update(account)
    .set({
      failedCount: sql`${account.failedCount} + 1`,
      lockedUntil: lockAfter(account.failedCount, now, ACCOUNT_ALLOWANCE),
    })
    .where(and(eq(account.id, accountId), or(isNull(account.lockedUntil), lte(account.lockedUntil, now))))
    .returning({ id: account.id })
  return reserved.length > 0
}

/** A success: the account starts afresh, the source gets its attempt back. */
export async function forgive(tx: Tx, accountId: string, source: string): Promise<void> {
  const { account, signInSource } = schema
  await tx.update(account).set({ failedCount: 0, lockedUntil: null }).where(eq(account.id, accountId))
  await tx
    .update(signInSource)
    .set({ failedCount: sql`greatest(${signInSource.failedCount} - 1, 0)`, lockedUntil: null })
    .where(eq(signInSource.source, source))
}
