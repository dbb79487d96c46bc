import type { Context } from '../../context.ts'
import { reserveAttempt, type AttemptRequest } from './attempt.ts'
import { matchPair, stepAt } from './codes.ts'
import type { Channel } from './outcome.ts'
import { actorId } from './prove.ts'
import { consume, refuse } from './settle.ts'
import { throughGate } from './source-gate.ts'
import { sourceOf, type Source } from './source.ts'

export interface Resynchronisation {
  readonly holderId: string
  /** Two codes that the token showed one after the other. */
  readonly codes: readonly [string, string]
  readonly channel: Exclude<Channel, 'http' | 'radius'>
}

/**
 * Finds a token again from two codes in a row (RFC 4226, section 7.4), through the same budget as a verification: both
 * codes are consumed, and the counter never goes back. Call it outside a transaction.
 */
export function resynchronise(ctx: Context, input: Resynchronisation): Promise<boolean> {
  const source = sourceOf(ctx, actorId(ctx), null)
  return throughGate(source.id, () => search(ctx, input, source))
}

async function search(ctx: Context, input: Resynchronisation, source: Source): Promise<boolean> {
  const request: AttemptRequest = { target: { holderId: input.holderId }, channel: input.channel, source }
  const attempt = await reserveAttempt(ctx, request)
  const { reserved } = attempt
  const counter = reserved ? await matchPair(reserved.token, input.codes, attempt.at) : null
  const drift = reserved && counter !== null ? driftOf(reserved.token, counter, attempt.at) : 0
  const accepted =
    reserved !== null &&
    counter !== null &&
    (await consume(ctx, request, attempt, reserved, { counter, drift, pin: null }))
  if (!accepted) {
    const reason = reserved ? (counter === null ? 'bad_code' : 'replay') : attempt.reason
    if (await refuse(ctx, request, attempt, reason)) ctx.metrics.otp.locked()
  }
  ctx.metrics.otp.resynchronised(accepted ? 'accepted' : 'rejected')
  return accepted
}

const driftOf = (token: Parameters<typeof stepAt>[0], counter: number, at: Date): number =>
  token.type === 'totp' ? counter - stepAt(token, at) : 0
