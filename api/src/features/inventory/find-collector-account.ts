import { createHash, timingSafeEqual } from 'node:crypto'
import { schema, type Database } from '@vigie/db'
import { and, eq, isNull } from 'drizzle-orm'
import type { Actor } from '../../access/actor.ts'

export type CollectorActor = Extract<Actor, { kind: 'collector' }>

/** SHA-256 (hex) under which the machine-made secret of a collector account is stored. */
export const hashCollectorSecret = (secret: string): string =>
  createHash('sha256').update(secret, 'utf8').digest('hex')

/** Compared against when the login is unknown, so that both refusals take the same path. */
const NO_SECRET = '0'.repeat(64)

/**
 * In: the login and secret of an HTTP Basic header. Out: the caller bound to its establishment, or null when
 * the account is unknown, revoked or the secret differs (compared in constant time).
 */
export async function findCollectorAccount(
  db: Database,
  login: string,
  secret: string,
): Promise<CollectorActor | null> {
  const [found] = await db.transact({ role: 'vigie_auth' }, (tx) =>
    tx
      .select({
        id: schema.collectorAccount.id,
        uai: schema.collectorAccount.uai,
        login: schema.collectorAccount.login,
        secretHash: schema.collectorAccount.secretHash,
      })
      .from(schema.collectorAccount)
      .where(and(eq(schema.collectorAccount.login, login), isNull(schema.collectorAccount.revokedAt))),
  )
  const expected = Buffer.from(found?.secretHash ?? NO_SECRET, 'hex')
  const given = Buffer.from(hashCollectorSecret(secret), 'hex')
  const same = expected.length === given.length && timingSafeEqual(expected, given)
  return found && same ? { kind: 'collector', id: found.id, uai: found.uai, login: found.login } : null
}
