import type { Actor, Grant } from '@vigie/api/access'
import type { Context, Deps } from '@vigie/api/context'
import { keyringOf } from '@vigie/api/secrets/keyring.ts'
import { sealSeed } from '@vigie/api/secrets/seal.ts'
import { createHolder } from '@vigie/api/features/holders/create-holder.ts'
import type { HolderInput } from '@vigie/api/features/holders/holder-input.ts'
import { schema, type Perimeter } from '@vigie/db'
import type { OtpAlgorithm, OtpType, Role } from '@vigie/db/schema'
import { contextOf } from './deps.ts'

/** Seed of every key minted here, unless told otherwise: the one of RFC 4226, appendix D. */
export const SEED = new TextEncoder().encode('12345678901234567890')

let serials = 0
let logins = 0

/** Someone signed in with these roles, without an account behind. */
export const someone = (deps: Deps, ...grants: Grant[]): Extract<Actor, { kind: 'account' }> => {
  const id = deps.random.uuid()
  return { kind: 'account', id, login: `agent.${id.slice(0, 8)}`, displayName: 'Agent des essais', grants }
}

/** Context of someone who holds that role there. */
export const as = (deps: Deps, role: Role, kind: Perimeter['kind'], code: string): Context =>
  contextOf(deps, someone(deps, { role, perimeter: { kind, code } }))

export interface KeyOptions {
  readonly serial?: string
  readonly academie?: string
  /** Null: in the académie's own stock. */
  readonly departement?: string | null
  readonly type?: OtpType
  readonly algorithm?: OtpAlgorithm
  readonly digits?: number
  readonly period?: number | null
  readonly seed?: Uint8Array
  readonly counter?: number
  readonly manufacturedOn?: string | null
  readonly expiresOn?: string | null
}

export interface TestKey {
  readonly id: string
  readonly serial: string
  readonly seed: Uint8Array
}

/** A key in stock, whose seed is known so that its codes can be computed. */
export async function aKey(deps: Deps, options: KeyOptions = {}): Promise<TestKey> {
  const id = deps.random.uuid()
  const serial = options.serial ?? `ESSAI${String((serials += 1)).padStart(6, '0')}`
  const seed = options.seed ?? SEED
  const type = options.type ?? 'hotp'
  const now = deps.clock.now()
  await deps.db.transact({ role: 'vigie_worker' }, async (tx) => {
    await tx.insert(schema.otpKey).values({
      id,
      serial,
      kind: 'hardware',
      manufacturer: 'Fabricant des essais',
      model: 'Modèle E',
      manufacturedOn: options.manufacturedOn === undefined ? '2025-01-15' : options.manufacturedOn,
      expiresOn: options.expiresOn === undefined ? '2030-01-15' : options.expiresOn,
      unitPriceCents: 817,
      academie: options.academie ?? '98',
      departement: options.departement === undefined ? '991' : options.departement,
      state: 'stock',
      stateSince: now,
      importedAt: now,
    })
    await tx.insert(schema.otpSecret).values({
      keyId: id,
      type,
      algorithm: options.algorithm ?? 'SHA1',
      digits: options.digits ?? 6,
      period: options.period === undefined ? (type === 'totp' ? 30 : null) : options.period,
      ...sealSeed(keyringOf(deps.config), id, seed),
      counter: options.counter ?? 0,
    })
  })
  return { id, serial, seed }
}

/**
 * A holder, by the product's own verb: a directeur d'école of `uai` unless told otherwise. The establishment (or the
 * commune, the circonscription) must exist: see `anEtablissement()`.
 */
export function aHolder(
  deps: Deps,
  input: Partial<HolderInput> &
    ({ uai: string } | { circonscription: string } | { communeCode: string } | { departement: string }),
  academie = '98',
): Promise<{ id: string; login: string }> {
  const { uai } = input
  return createHolder(as(deps, 'diaser', 'academie', academie), {
    function: 'directeur_ecole',
    login: `porteur.${(logins += 1)}`,
    displayName: `Camille Essai ${logins}`,
    callBackNumber: '+33 1 99 00 00 00',
    ...input,
    ...(uai === undefined ? {} : { uai }),
  })
}
