import type { Context } from '../../context.ts'
import { hubOf } from './hub.ts'
import { scopeOf } from './scope.ts'

export interface Opening {
  /** Hash of the session value that the request carried, if it was let in by one. */
  readonly tokenHash: string | null
  readonly lastEventId: string | undefined
  readonly cut: () => void
}

/**
 * The verifications of the caller's académies, second by second, as `text/event-stream`: `traffic` the whole picture,
 * `frame` what changed, `bye` why it ends. Errors: those of `scopeOf`; `too_many_requests`, `unavailable`.
 */
export function openStream(ctx: Context, { tokenHash, lastEventId, cut }: Opening) {
  const scope = scopeOf(ctx.actor)
  const accountId = ctx.actor.kind === 'anonymous' ? '' : ctx.actor.id
  const last = lastEventId && /^\d{1,12}$/.test(lastEventId) ? Number(lastEventId) : null
  return hubOf(ctx).open({ scope, accountId, tokenHash, lastEventId: last, cut })
}
