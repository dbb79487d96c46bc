import type { Actor, Grant } from '@vigie/api/access'
import type { Context, Deps } from '@vigie/api/context'
import { keyringOf } from '@vigie/api/secrets/keyring.ts'
import { sealSeed } from '@vigie/api/secrets/seal.ts'
import { createHolder } from '@vigie/api/features/holders/create-holder.ts'
import type { HolderInput } from '@vigie/api/features/holders/holder-input.ts'
import { activateKey } from '@vigie/api/features/keys/activate-key.ts'
import { bindKey } from '@vigie/api/features/keys/bind-key.ts'
import { choosePin } from '@vigie/api/features/keys/choose-pin.ts'
import { openHandOver } from '@vigie/api/features/keys/open-hand-over.ts'
import { schema, type Perimeter } from '@vigie/db'
import type { OtpAlgorithm, OtpType, Role } from '@vigie/db/schema'
import { managerOf, superiorOf } from '@vigie/rules'
import { eq } from 'drizzle-orm'
import { generateSync } from 'otplib'
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
  readonly type: OtpType
  readonly algorithm: OtpAlgorithm
  readonly digits: number
  /** Seconds of a TOTP step; 30 for a HOTP key, where it means nothing. */
  readonly period: number
  /** Counter of the first code of a HOTP key. */
  readonly counter: number
}

/** A key in stock, whose seed is known so that its codes can be computed. */
export async function aKey(deps: Deps, options: KeyOptions = {}): Promise<TestKey> {
  const id = deps.random.uuid()
  const serial = options.serial ?? `ESSAI${String((serials += 1)).padStart(6, '0')}`
  const seed = options.seed ?? SEED
  const type = options.type ?? 'hotp'
  const algorithm = options.algorithm ?? 'SHA1'
  const digits = options.digits ?? 6
  const counter = options.counter ?? 0
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
      algorithm,
      digits,
      period: options.period === undefined ? (type === 'totp' ? 30 : null) : options.period,
      ...sealSeed(keyringOf(deps.config), id, seed),
      counter,
    })
  })
  return { id, serial, seed, type, algorithm, digits, period: options.period ?? 30, counter }
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

/** PIN of the keys handed over here. */
export const PIN = '2580'

export interface HeldKeyOptions extends KeyOptions {
  /** How far its life goes: prepared, handed over, or active. */
  readonly until?: 'initialised' | 'handed_over' | 'active'
  readonly pin?: string
}

/**
 * A key of that holder, brought to a state by the product's own verbs: bound by who manages it, handed over face to face
 * by the direct superior, activated with a first code. An active key has spent one code of its sequence.
 */
export async function aHeldKey(
  deps: Deps,
  holderId: string,
  { until = 'active', pin = PIN, ...options }: HeldKeyOptions = {},
): Promise<TestKey> {
  const [holder] = await deps.db.transact({ role: 'vigie_worker' }, (tx) =>
    tx.select().from(schema.otpHolder).where(eq(schema.otpHolder.id, holderId)),
  )
  if (!holder) throw new Error(`no holder ${holderId}`)
  const key = await aKey(deps, { academie: holder.academie, departement: holder.departement, ...options })
  await bindKey(managerFor(deps, holder), key.serial, holderId)
  if (until === 'initialised') return key
  const superior = superiorFor(deps, holder)
  await openHandOver(superior, key.serial, { identityChecked: true })
  if (until === 'handed_over') return key
  await choosePin(superior, key.serial, pin)
  await activateKey(superior, key.serial, { pin, code: codeOf(deps, key, 0) })
  return key
}

type Placed = Pick<
  typeof schema.otpHolder.$inferSelect,
  'holderFunction' | 'academie' | 'departement' | 'circonscription' | 'uai'
>

/** Who binds, revokes and puts back in stock the keys of that holder. */
export const managerFor = (deps: Deps, holder: Placed): Context =>
  managerOf(holder.holderFunction) === 'osp'
    ? as(deps, 'osp', 'departement', holder.departement ?? '')
    : as(deps, 'diaser', 'academie', holder.academie)

/** Who hands a key to that holder and takes it back. */
export function superiorFor(deps: Deps, holder: Placed): Context {
  const superior = superiorOf(holder.holderFunction)
  if (superior === 'ien') return as(deps, superior, 'circonscription', holder.circonscription ?? '')
  if (superior === 'chef_etablissement') return as(deps, superior, 'etablissement', holder.uai ?? '')
  return as(deps, superior, 'academie', holder.academie)
}

/** Code that a key shows: the nth of its sequence (HOTP), or n steps from now (TOTP). */
export function codeOf(deps: Deps, key: TestKey, n: number): string {
  const step = key.type === 'totp' ? Math.floor(deps.clock.now().getTime() / 1000 / key.period) : key.counter
  return generateSync({
    strategy: 'hotp',
    secret: key.seed,
    counter: step + n,
    algorithm: ({ SHA1: 'sha1', SHA256: 'sha256', SHA512: 'sha512' } as const)[key.algorithm],
    digits: key.digits as 6 | 7 | 8,
  })
}
