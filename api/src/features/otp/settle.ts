import type { Context } from '../../context.ts'
import type { Attempt, AttemptRequest, Reserved } from './attempt.ts'
import type { Reason } from './outcome.ts'
import { ACCEPT_TEMPORARY, CONSUME, NOBODY, REFUSE } from './statements.ts'

interface Accepted {
  readonly accepted: boolean
}

/** What the second statement carries beside the match: who asked, and the answer kept for a retransmission. */
function around(ctx: Context, request: AttemptRequest) {
  const { actor } = ctx
  return {
    actor: actor.kind === 'anonymous' ? ['system', 'anonymous'] : [actor.kind, actor.id],
    answer: [request.retransmission?.tokenId ?? null, request.retransmission?.key ?? null],
  }
}

/** A PIN's image under the current pepper, to replace one under a former pepper. */
export interface NewPin {
  readonly pinMac: Uint8Array
  readonly pepperId: string
}

/** Consumes the counter proven. Out: false when another attempt consumed it, or when the key left its state meanwhile. */
export async function consume(
  ctx: Context,
  request: AttemptRequest,
  attempt: Attempt,
  reserved: Reserved,
  match: { counter: number; drift: number; pin: NewPin | null },
): Promise<boolean> {
  const { actor, answer } = around(ctx, request)
  const [row] = await ctx.db.verification.run<Accepted>(CONSUME, [
    reserved.keyId,
    match.counter,
    match.drift,
    reserved.holderId,
    attempt.at.toISOString(),
    ...actor,
    request.channel,
    ctx.requestId,
    match.pin?.pinMac ?? null,
    match.pin?.pepperId ?? null,
    request.channel === 'activation',
    ...answer,
  ])
  return row?.accepted ?? false
}

/** Accepts a limited-time password, if it still is the holder's. */
export async function acceptTemporary(
  ctx: Context,
  request: AttemptRequest,
  attempt: Attempt,
  reserved: Reserved,
  image: Uint8Array,
): Promise<boolean> {
  const { actor, answer } = around(ctx, request)
  const [row] = await ctx.db.verification.run<Accepted>(ACCEPT_TEMPORARY, [
    reserved.keyId,
    image,
    reserved.holderId,
    attempt.at.toISOString(),
    ...actor,
    request.channel,
    ctx.requestId,
    ...answer,
  ])
  return row?.accepted ?? false
}

/** What may be said of a source: the relying application's name, or the way in of Vigie's own screens. */
const relayOf = ({ actor }: Context, { channel }: AttemptRequest): string =>
  actor.kind === 'service' ? actor.name : channel

/** Records a refusal. Out: whether it spent the budget and locked the key. */
export async function refuse(
  ctx: Context,
  request: AttemptRequest,
  attempt: Attempt,
  reason: Reason,
): Promise<boolean> {
  const { actor, answer } = around(ctx, request)
  const [row] = await ctx.db.verification.run<{ locked: boolean }>(REFUSE, [
    attempt.knownHolder ?? NOBODY,
    attempt.at.toISOString(),
    ...actor,
    attempt.knownHolder ?? 'unknown',
    JSON.stringify({ channel: request.channel, reason }),
    ctx.requestId,
    request.source.id,
    request.source.allowed,
    ctx.random.uuid(),
    ...answer,
    attempt.reserved !== null,
    attempt.reason !== 'source_blocked',
    relayOf(ctx, request),
    attempt.academie,
  ])
  ctx.metrics.failures.refused(attempt.knownHolder, attempt.at)
  return row?.locked ?? false
}
