import type { Context } from '../../context.ts'
import type { Channel } from './outcome.ts'
import { sourceOf } from './source.ts'
import { verify } from './verify.ts'

export interface Proof {
  readonly holderId: string
  /** Null when the PIN is not asked: the person proved a first factor otherwise. */
  readonly pin: string | null
  readonly code: string
  readonly channel: Exclude<Channel, 'http' | 'radius'>
}

/**
 * Verifies a code on behalf of Vigie's own screens, with the budget that every path shares. `activation` is heard while
 * the key is handed over and not yet active; any other channel while it is active. Call it outside a transaction.
 */
export async function proveCode(ctx: Context, { holderId, pin, code, channel }: Proof): Promise<boolean> {
  const source = sourceOf(ctx, actorId(ctx), null)
  const { accepted } = await verify(ctx, { target: { holderId }, channel, source }, { pin, code })
  return accepted
}

export const actorId = ({ actor }: Context): string => (actor.kind === 'anonymous' ? 'anonymous' : actor.id)
