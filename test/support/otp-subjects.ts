import { randomBytes, randomUUID } from 'node:crypto'
import type { Deps } from '@vigie/api/context'
import { codeAt, stepAt, type Token } from '@vigie/api/features/otp/codes.ts'
import { keyringOf } from '@vigie/api/secrets/keyring.ts'
import { macPin } from '@vigie/api/secrets/pin.ts'
import { sealSeed } from '@vigie/api/secrets/seal.ts'
import { schema } from '@vigie/db'
import type { KeyState } from '@vigie/db/schema'

export interface ManySubject {
  readonly holderId: string
  readonly keyId: string
  readonly login: string
  readonly pin: string
  readonly token: Token
  /** HOTP: the code of this counter. */
  hotp(counter?: number): string
  /** TOTP: the code of the clock's step, `steps` away. */
  totp(steps?: number): string
}

export interface ManyOptions {
  readonly type?: Token['type']
  readonly digits?: number
  readonly period?: number
  readonly state?: KeyState
  readonly failCount?: number
  readonly pausedUntil?: Date
}

const ROWS_AT_ONCE = 250

/** Writes `count` holders, each with a key, in a few statements; PIN 4071. */
export async function manyOtpSubjects(
  deps: Deps,
  count: number,
  options: ManyOptions = {},
): Promise<ManySubject[]> {
  const keyring = keyringOf(deps.config)
  const { type = 'hotp', digits = 6, state = 'active', failCount = 0, pausedUntil = null } = options
  const now = deps.clock.now()
  const subjects = Array.from({ length: count }, (): ManySubject => {
    const [holderId, keyId] = [randomUUID(), randomUUID()]
    const seed = new Uint8Array(randomBytes(20))
    const period = type === 'totp' ? (options.period ?? 30) : null
    const token: Token = { type, algorithm: 'SHA1', digits, period, seed, counter: 0, drift: 0 }
    return {
      holderId,
      keyId,
      login: `porteur.${holderId.slice(0, 13)}`,
      pin: '4071',
      token,
      hotp: (counter = 0) => codeAt(token, counter),
      totp: (steps = 0) => codeAt(token, stepAt(token, deps.clock.now()) + steps),
    }
  })
  for (let from = 0; from < count; from += ROWS_AT_ONCE) {
    const some = subjects.slice(from, from + ROWS_AT_ONCE)
    await deps.db.transact({ role: 'vigie_worker' }, async (tx) => {
      const place = { academie: '98', departement: '991' }
      await tx.insert(schema.otpHolder).values(
        some.map(({ holderId, login }) => ({
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
        some.map(({ holderId, keyId }) => ({
          id: keyId,
          serial: `ESSAI-${keyId}`,
          kind: 'hardware' as const,
          unitPriceCents: 817,
          state,
          stateSince: now,
          holderId,
          importedAt: now,
          ...place,
        })),
      )
      await tx.insert(schema.otpSecret).values(
        some.map(({ keyId, token }) => ({
          keyId,
          type,
          algorithm: token.algorithm,
          digits,
          period: token.period,
          counter: 0,
          ...sealSeed(keyring, keyId, token.seed),
        })),
      )
      await tx.insert(schema.otpCredential).values(
        some.map(({ holderId, keyId, login, pin }) => ({
          holderId,
          academie: '98',
          login,
          keyId,
          active: state === 'active',
          failCount,
          pausedUntil,
          ...macPin(keyring, holderId, pin),
        })),
      )
    })
  }
  return subjects
}
