import type { Context } from '../../context.ts'

const FALLBACK_DAYS = 30
const DAY = 86_400_000

/** Instant after which changes are news to the caller: its last visit, or 30 days ago. ISO 8601, UTC. */
export function lastVisitOf({ actor, clock }: Context): string {
  const visit = actor.kind === 'account' ? actor.lastVisitAt : undefined
  return (visit ?? new Date(clock.now().getTime() - FALLBACK_DAYS * DAY)).toISOString()
}
