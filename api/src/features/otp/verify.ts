import { timingSafeEqual } from 'node:crypto'
import type { Context } from '../../context.ts'
import { keyringOf, type Keyring } from '../../secrets/keyring.ts'
import { macPin, macPinWith, macTemporary } from '../../secrets/pin.ts'
import { openSeed, sealSeed, type SealedSeed } from '../../secrets/seal.ts'
import { noteVerification } from '../live/recorder.ts'
import { reserveAttempt, type Attempt, type AttemptRequest, type Reserved } from './attempt.ts'
import { DECOY, matchCode, stepAt } from './codes.ts'
import type { Channel, Outcome, Reason } from './outcome.ts'
import { acceptTemporary, consume, refuse, type NewPin } from './settle.ts'
import { throughGate } from './source-gate.ts'
import { NOBODY } from './statements.ts'

/** A limited-time password opens applications; it proves no key, so it neither activates one nor changes a PIN. */
const OPENED_BY_TEMPORARY: readonly Channel[] = ['http', 'radius', 'sign_in']

/** What was typed. `pin` is null when the caller proved a first factor of its own: it is then not asked. */
export interface Typed {
  readonly pin: string | null
  readonly code: string
}

export interface Verification extends Outcome {
  /** The same idempotency key was there first: its answer is the answer. */
  readonly repeated: boolean
}

/**
 * One verification, in two statements: an attempt is taken before anything is compared, then either the counter is
 * consumed or the refusal is recorded. Every refusal does the same work. Errors: `unavailable`, or the database's own:
 * then there is no answer, and the attempt stays counted.
 */
export function verify(ctx: Context, request: AttemptRequest, typed: Typed): Promise<Verification> {
  return throughGate(request.source.id, async () => {
    const start = performance.now()
    const attempt = await reserveAttempt(ctx, request)
    if (!attempt.claimed) return { accepted: false, reason: attempt.reason, repeated: true }
    const { type, outcome } = await settle(ctx, request, attempt, typed)
    const seconds = (performance.now() - start) / 1_000
    ctx.metrics.otp.verified({ channel: request.channel, type, reason: outcome.reason }, seconds)
    noteVerification(ctx, attempt.academie, outcome.reason, seconds)
    return { ...outcome, repeated: false }
  })
}

type Settled = { readonly type: string; readonly outcome: Outcome }

async function settle(
  ctx: Context,
  request: AttemptRequest,
  attempt: Attempt,
  typed: Typed,
): Promise<Settled> {
  const { reserved } = attempt
  if (!reserved) {
    spend(ctx, typed)
    return refused(ctx, request, attempt, attempt.reason, 'none')
  }
  const { token } = reserved
  const pin = checkPin(ctx, reserved, typed.pin)
  const limited = isTemporary(ctx, reserved, typed.code, attempt.at)
  const temporary = OPENED_BY_TEMPORARY.includes(request.channel) ? limited : null
  const { counter, replayed } = matchCode(token, typed.code, attempt.at, pin.reason === null && !temporary)
  if (pin.reason !== null) return refused(ctx, request, attempt, pin.reason, token.type)
  if (temporary) {
    return (await acceptTemporary(ctx, request, attempt, reserved, temporary))
      ? { type: 'temporary', outcome: { accepted: true, reason: 'accepted' } }
      : refused(ctx, request, attempt, 'bad_code', 'temporary')
  }
  if (counter === null) {
    return refused(ctx, request, attempt, replayed ? 'replay' : 'bad_code', token.type)
  }
  const drift = token.type === 'totp' ? counter - stepAt(token, attempt.at) : token.drift
  const accepted = await consume(ctx, request, attempt, reserved, { counter, drift, pin: pin.renewed })
  if (!accepted) return refused(ctx, request, attempt, 'replay', token.type)
  if (token.type === 'hotp') ctx.metrics.otp.lookedAhead(counter - token.counter)
  return { type: token.type, outcome: { accepted: true, reason: 'accepted' } }
}

async function refused(
  ctx: Context,
  request: AttemptRequest,
  attempt: Attempt,
  reason: Reason,
  type: string,
): Promise<Settled> {
  if (await refuse(ctx, request, attempt, reason)) ctx.metrics.otp.locked()
  return { type, outcome: { accepted: false, reason } }
}

const decoys = new WeakMap<Keyring, SealedSeed>()

function decoySeal(keyring: Keyring): SealedSeed {
  const known = decoys.get(keyring)
  if (known) return known
  const sealed = sealSeed(keyring, NOBODY, DECOY.seed)
  decoys.set(keyring, sealed)
  return sealed
}

/** The work of a comparison, when there is nothing to compare with. */
function spend(ctx: Context, typed: Typed): void {
  const keyring = keyringOf(ctx.config)
  const seed = openSeed(keyring, NOBODY, decoySeal(keyring))
  macPin(keyring, NOBODY, typed.pin ?? '')
  macTemporary(keyring, NOBODY, typed.code)
  matchCode({ ...DECOY, seed }, typed.code, ctx.clock.now(), false)
}

interface PinCheck {
  readonly reason: 'bad_pin' | 'no_pin' | null
  readonly renewed: NewPin | null
}

/** The PIN is compared whatever the code is worth. A right one under a former pepper gets its image under the current one. */
function checkPin(ctx: Context, reserved: Reserved, typed: string | null): PinCheck {
  if (typed === null) return { reason: null, renewed: null }
  const keyring = keyringOf(ctx.config)
  const pepperId = reserved.pepperId ?? keyring.current.id
  const image = macPinWith(keyring, pepperId, reserved.holderId, typed)
  if (!reserved.pinMac) return { reason: 'no_pin', renewed: null }
  if (!timingSafeEqual(image, reserved.pinMac)) return { reason: 'bad_pin', renewed: null }
  const renewed = pepperId === keyring.current.id ? null : macPin(keyring, reserved.holderId, typed)
  return { reason: null, renewed }
}

/** Image of the code when it is the holder's limited-time password, still running. */
function isTemporary(ctx: Context, reserved: Reserved, code: string, at: Date): Uint8Array | null {
  const image = macTemporary(keyringOf(ctx.config), reserved.holderId, code)
  const { temporaryMac, temporaryUntil } = reserved
  if (!temporaryMac || !temporaryUntil || temporaryUntil <= at) return null
  return timingSafeEqual(image, temporaryMac) ? image : null
}
