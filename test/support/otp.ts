import type { Deps } from '@vigie/api/context'
import { codeAt, stepAt, type Token } from '@vigie/api/features/otp/codes.ts'
import { keyringOf } from '@vigie/api/secrets/keyring.ts'
import { macPin } from '@vigie/api/secrets/pin.ts'
import { sealSeed } from '@vigie/api/secrets/seal.ts'
import { schema } from '@vigie/db'

/** A holder with an active key whose seed the suite knows. */
export interface OtpSubject {
  readonly holderId: string
  readonly keyId: string
  readonly login: string
  readonly pin: string
  readonly serial: string
  /** HOTP: the code `ahead` of the first counter. */
  hotp(ahead?: number): string
  /** TOTP: the code of the suite's clock, `steps` away. */
  totp(steps?: number): string
}

let minted = 0

export interface SubjectOptions extends Partial<Omit<Token, 'seed'>> {
  readonly seed?: Uint8Array
  readonly login?: string
  readonly pin?: string | null
  readonly academie?: string
  readonly departement?: string
  readonly active?: boolean
  readonly accountId?: string
}

/** Writes the rows of an active key in its holder's hands, as the hand-over leaves them. */
export async function anOtpSubject(deps: Deps, options: SubjectOptions = {}): Promise<OtpSubject> {
  minted += 1
  const suffix = `${process.pid}-${minted}-${deps.random.uuid().slice(0, 8)}`
  const holderId = deps.random.uuid()
  const keyId = deps.random.uuid()
  const login = options.login ?? `porteur.${suffix}`
  const pin = options.pin === undefined ? '4071' : options.pin
  const { academie = '98', departement = '991', active = true } = options
  const token: Token = {
    type: options.type ?? 'hotp',
    algorithm: options.algorithm ?? 'SHA1',
    digits: options.digits ?? 6,
    period: options.type === 'totp' ? (options.period ?? 30) : null,
    seed: options.seed ?? new Uint8Array(deps.random.bytes(20)),
    counter: options.counter ?? 0,
    drift: options.drift ?? 0,
  }
  const now = deps.clock.now()
  const keyring = keyringOf(deps.config)
  const place = { academie, departement }
  const state = active ? ('active' as const) : ('handed_over' as const)
  await deps.db.transact({ role: 'vigie_worker' }, async (tx) => {
    await tx.insert(schema.otpHolder).values({
      id: holderId,
      kind: 'nominative',
      holderFunction: 'directeur_ecole',
      login,
      displayName: 'Porteur des Essais',
      accountId: options.accountId ?? null,
      createdAt: now,
      ...place,
    })
    await tx.insert(schema.otpKey).values({
      id: keyId,
      serial: `ESSAI-${suffix}`,
      kind: 'hardware',
      unitPriceCents: 817,
      state,
      stateSince: now,
      holderId,
      importedAt: now,
      ...place,
    })
    await tx.insert(schema.otpSecret).values({
      keyId,
      type: token.type,
      algorithm: token.algorithm,
      digits: token.digits,
      period: token.period,
      counter: token.counter,
      drift: token.drift,
      ...sealSeed(keyring, keyId, token.seed),
    })
    await tx.insert(schema.otpCredential).values({
      holderId,
      academie,
      login,
      keyId,
      active,
      ...(pin === null ? {} : macPin(keyring, holderId, pin)),
    })
  })
  return {
    holderId,
    keyId,
    login,
    pin: pin ?? '',
    serial: `ESSAI-${suffix}`,
    hotp: (ahead = 0) => codeAt(token, token.counter + ahead),
    totp: (steps = 0) => codeAt(token, stepAt(token, deps.clock.now()) + steps),
  }
}
