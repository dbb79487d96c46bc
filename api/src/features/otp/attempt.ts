import type { OtpAlgorithm, OtpType } from '@vigie/db/schema'
import { AppError } from '../../errors.ts'
import type { Context } from '../../context.ts'
import { keyringOf } from '../../secrets/keyring.ts'
import { openSeed } from '../../secrets/seal.ts'
import type { Token } from './codes.ts'
import { forgetVerifiers, refusedCaller } from './find-verifier.ts'
import { LOCK_AFTER, type Channel, type Reason } from './outcome.ts'
import type { Source } from './source.ts'
import { RESERVE } from './statements.ts'

const DECOY_SLOTS = 1_024

/** Whose code is verified. */
export type Target = { readonly academie: string; readonly login: string } | { readonly holderId: string }

/** A request that may be sent again: same key, same content, same answer. */
export interface Retransmission {
  readonly tokenId: string
  readonly key: string
  readonly fingerprint: string
}

export interface AttemptRequest {
  readonly target: Target
  readonly channel: Channel
  readonly source: Source
  readonly retransmission?: Retransmission | undefined
}

/** One attempt taken from the budget of a holder. */
export interface Reserved {
  readonly holderId: string
  readonly keyId: string
  readonly token: Token
  readonly pinMac: Uint8Array | null
  readonly pepperId: string | null
  readonly temporaryMac: Uint8Array | null
  readonly temporaryUntil: Date | null
}

/** What the first statement found; `reserved` is null when nothing may be compared, for that reason. */
export interface Attempt {
  readonly at: Date
  readonly reserved: Reserved | null
  readonly reason: Reason
  readonly knownHolder: string | null
  /** Whose verification it is; null when a holder was named that nobody knows. */
  readonly academie: string | null
  /** False when the same idempotency key was there first. */
  readonly claimed: boolean
}

interface Row {
  /** False when the service account that asks was revoked, or has expired. */
  readonly caller: boolean
  readonly claimed: boolean
  readonly source_blocked: boolean
  readonly known_holder: string | null
  readonly known_academie: string | null
  readonly known_active: boolean | null
  readonly known_failures: number | null
  readonly known_paused: boolean | null
  readonly taken: boolean
  readonly holder_id: string
  readonly key_id: string
  readonly pin_mac: Uint8Array | null
  readonly pepper_id: string | null
  readonly temporary_mac: Uint8Array | null
  readonly temporary_until: Date | string | null
  readonly type: OtpType
  readonly algorithm: OtpAlgorithm
  readonly digits: number
  readonly period: number | null
  readonly seed_sealed: Uint8Array
  readonly seal_key_id: string
  readonly counter: number | string | bigint
  readonly drift: number
}

function reasonOf(row: Row): Reason {
  if (row.taken) return 'bad_code'
  if (row.source_blocked) return 'source_blocked'
  if (row.known_holder === null) return 'unknown'
  if ((row.known_failures ?? 0) >= LOCK_AFTER) return 'locked'
  // An attempt that waited behind others sees the row as it was before them: what stopped it is the pause.
  return row.known_active || row.known_paused ? 'paused' : 'inactive'
}

function tokenOf(ctx: Context, row: Row): Token {
  const { type, algorithm, digits, period, drift } = row
  const sealed = { seedSealed: row.seed_sealed, sealKeyId: row.seal_key_id }
  try {
    const seed = openSeed(keyringOf(ctx.config), row.key_id, sealed)
    return { type, algorithm, digits, period, seed, counter: Number(row.counter), drift }
  } catch (error) {
    ctx.log.error({ key: row.key_id, sealKeyId: row.seal_key_id }, 'a seed does not open')
    throw new AppError('unavailable', 'La vérification est indisponible.', { cause: error })
  }
}

const reservedOf = (ctx: Context, row: Row): Reserved | null =>
  !row.taken
    ? null
    : {
        holderId: row.holder_id,
        keyId: row.key_id,
        token: tokenOf(ctx, row),
        pinMac: row.pin_mac,
        pepperId: row.pepper_id,
        temporaryMac: row.temporary_mac,
        temporaryUntil: row.temporary_until === null ? null : new Date(row.temporary_until),
      }

/**
 * First statement: takes an attempt before anything is compared. Errors: `invalid_credentials` when the service account
 * that asks may no longer; `unavailable`, or the database's own.
 */
export async function reserveAttempt(ctx: Context, request: AttemptRequest): Promise<Attempt> {
  const { target, channel, source, retransmission } = request
  const at = ctx.clock.now()
  await ctx.db.ensureMonths('journal_entry', [at])
  const statements = 'login' in target ? RESERVE.login : RESERVE.holder
  const who = 'login' in target ? [target.academie, target.login] : [null, target.holderId]
  const slot = new DataView(ctx.random.bytes(2).slice().buffer).getUint16(0) % DECOY_SLOTS
  const service = ctx.actor.kind === 'service' ? ctx.actor.id : null
  const values = [...who, at.toISOString(), source.id, slot, service]
  const [row] = retransmission
    ? await ctx.db.verification.run<Row>(statements.keyed, [
        ...values,
        retransmission.key,
        retransmission.fingerprint,
      ])
    : await ctx.db.verification.run<Row>(
        channel === 'activation' ? statements.activation : statements.plain,
        values,
      )
  if (!row) throw new Error('the reservation gave no row')
  if (!row.caller) {
    forgetVerifiers(ctx.db)
    throw refusedCaller()
  }
  return {
    at,
    reserved: reservedOf(ctx, row),
    reason: reasonOf(row),
    knownHolder: row.known_holder,
    academie: 'login' in target ? target.academie : row.known_academie,
    claimed: row.claimed,
  }
}
