import type { Deps } from '@vigie/api/context'
import { keyringOf } from '@vigie/api/secrets/keyring.ts'
import { macPin } from '@vigie/api/secrets/pin.ts'
import { sealSeed } from '@vigie/api/secrets/seal.ts'
import { schema, type Database } from '@vigie/db'
import { sql } from 'drizzle-orm'

/** A holder as a load generator needs it: the login, and what computes its codes. */
export interface LoadedHolder {
  readonly login: string
  readonly keyId: string
  readonly type: 'hotp' | 'totp'
  /** Hexadecimal. */
  readonly seed: string
  counter: number
}

export const PIN = '4071'
const CHUNK = 500
/** Logins are numbers: pgbench draws them, and knows no text. */
const FIRST_LOGIN = 100_001

/** Writes holders with an active key each, HOTP then TOTP, as the hand-over leaves them. Out: in the order of their logins. */
export async function fillHolders(
  deps: Deps,
  counts: { readonly hotp: number; readonly totp?: number },
): Promise<LoadedHolder[]> {
  const keyring = keyringOf(deps.config)
  const total = counts.hotp + (counts.totp ?? 0)
  const holders: LoadedHolder[] = []
  for (let start = 0; start < total; start += CHUNK) {
    const chunk = Array.from({ length: Math.min(CHUNK, total - start) }, (_, offset) => {
      const number = start + offset
      const seed = deps.random.bytes(20)
      const type = number < counts.hotp ? ('hotp' as const) : ('totp' as const)
      return {
        holderId: deps.random.uuid(),
        keyId: deps.random.uuid(),
        login: String(FIRST_LOGIN + number),
        type,
        seed: new Uint8Array(seed),
      }
    })
    const now = deps.clock.now()
    const place = { academie: '98', departement: '991' }
    await deps.db.transact({ role: 'vigie_worker' }, async (tx) => {
      await tx.insert(schema.otpHolder).values(
        chunk.map(({ holderId, login }) => ({
          id: holderId,
          kind: 'nominative' as const,
          holderFunction: 'directeur_ecole' as const,
          login,
          displayName: 'Porteur des Essais',
          createdAt: now,
          ...place,
        })),
      )
      await tx.insert(schema.otpKey).values(
        chunk.map(({ holderId, keyId, login }) => ({
          id: keyId,
          serial: `ESSAI-${login}`,
          kind: 'hardware' as const,
          unitPriceCents: 817,
          state: 'active' as const,
          stateSince: now,
          holderId,
          importedAt: now,
          ...place,
        })),
      )
      await tx.insert(schema.otpSecret).values(
        chunk.map(({ keyId, type, seed }) => ({
          keyId,
          type,
          algorithm: 'SHA1' as const,
          digits: 6,
          period: type === 'totp' ? 30 : null,
          counter: 0,
          ...sealSeed(keyring, keyId, seed),
        })),
      )
      await tx.insert(schema.otpCredential).values(
        chunk.map(({ holderId, keyId, login }) => ({
          holderId,
          academie: '98',
          login,
          keyId,
          active: true,
          ...macPin(keyring, holderId, PIN),
        })),
      )
    })
    for (const { login, keyId, type, seed } of chunk)
      holders.push({ login, keyId, type, seed: Buffer.from(seed).toString('hex'), counter: 0 })
  }
  await deps.db.asOwner((tx) => tx.execute(sql`analyze otp_credential, otp_secret, otp_key, otp_holder`))
  return holders
}

/** Brings each holder's counter to what the database expects now. */
export async function readCounters(db: Database, holders: readonly LoadedHolder[]): Promise<void> {
  const rows = await db.transact({ role: 'vigie_worker' }, (tx) =>
    tx.select({ keyId: schema.otpSecret.keyId, counter: schema.otpSecret.counter }).from(schema.otpSecret),
  )
  const counters = new Map(rows.map(({ keyId, counter }) => [keyId, counter]))
  for (const holder of holders) holder.counter = counters.get(holder.keyId) ?? holder.counter
}
