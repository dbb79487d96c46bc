import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import type { Context } from '../../context.ts'

const FALLBACK_DAYS = 30
const DAY = 86_400_000

/** Instant after which changes are news to the caller: its last visit, or 30 days ago. ISO 8601, UTC. */
export async function lastVisitOf(ctx: Context): Promise<string> {
  const fallback = new Date(ctx.clock.now().getTime() - FALLBACK_DAYS * DAY).toISOString()
  const { actor } = ctx
  if (actor.kind !== 'account') return fallback
  const { account } = schema
  const [row] = await ctx.db.transact({ role: 'vigie_auth' }, (tx) =>
    tx.select({ at: account.lastVisitAt }).from(account).where(eq(account.id, actor.id)),
  )
  return row?.at?.toISOString() ?? fallback
}
