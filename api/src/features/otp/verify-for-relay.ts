import { createHmac } from 'node:crypto'
import { authorise } from '../../access/authorise.ts'
import { foldLogin } from '../../access/password.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { keyringOf } from '../../secrets/keyring.ts'
import { answering } from './answering.ts'
import type { Retransmission } from './attempt.ts'
import { refusingAtOneMoment } from './refusal-floor.ts'
import { repeatedAnswer } from './repeated-answer.ts'
import { sourceOf } from './source.ts'
import { verify } from './verify.ts'

export interface RelayedAttempt {
  readonly login: string
  readonly pin: string
  readonly code: string
  /** The person's address, as the relying application saw it; null when it does not tell. */
  readonly address: string | null
  readonly channel: 'http' | 'radius'
  readonly idempotencyKey?: string | undefined
}

/**
 * Verification asked by a relying application, for the holders of its académie. Returns when accepted.
 * Errors: `invalid_credentials`, the same whatever was wrong; `conflict` for an idempotency key that served other
 * content; `unavailable` when there is no answer: neither accepted nor refused.
 */
export async function verifyForRelay(ctx: Context, input: RelayedAttempt): Promise<void> {
  authorise(ctx.actor, 'otp:verify')
  const { actor } = ctx
  if (actor.kind !== 'service')
    throw new AppError('forbidden', 'Seul un compte de service vérifie des codes.')
  const target = { academie: actor.perimeter.code, login: storable(foldLogin(input.login)) }
  const source = sourceOf(ctx, actor.id, input.address)
  const retransmission = retransmissionOf(ctx, actor.id, target.login, input)
  const request = { target, source, channel: input.channel, retransmission }
  const accepted = await refusingAtOneMoment(async () => {
    const { accepted, repeated } = await answering(() => verify(ctx, request, input))
    return repeated && retransmission ? answering(() => repeatedAnswer(ctx, retransmission)) : accepted
  })
  if (!accepted) throw new AppError('invalid_credentials', 'Authentification refusée.')
}

/** PostgreSQL has no text that holds U+0000: such a login is nobody's, and an attempt like another. */
const storable = (login: string): string => login.replaceAll('\0', '\ufffd')

function retransmissionOf(
  ctx: Context,
  tokenId: string,
  login: string,
  { idempotencyKey, pin, code, address }: RelayedAttempt,
): Retransmission | undefined {
  if (idempotencyKey === undefined) return undefined
  const sent = JSON.stringify([login, pin, code, address])
  const key = keyringOf(ctx.config).current.fingerprint
  return {
    tokenId,
    key: idempotencyKey,
    fingerprint: createHmac('sha256', key).update(sent, 'utf8').digest('hex'),
  }
}
