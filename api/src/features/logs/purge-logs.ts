import { sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'

/** Days during which counts stay: a school year and its comparison. */
const COUNTS_DAYS = 800
/** Days after which an emitter that said nothing more will not send its old messages again. */
const SEQUENCE_DAYS = 60

/** Forgets old counts, and the sequences of emitters that ended long ago. */
export async function purgeLogs(ctx: Context): Promise<void> {
  const ago = (days: number) => new Date(ctx.clock.now().getTime() - days * 86_400_000).toISOString()
  await ctx.db.transact({ role: 'vigie_worker' }, async (tx) => {
    await tx.execute(sql`delete from log_hour where hour < ${ago(COUNTS_DAYS)}::timestamptz`)
    await tx.execute(sql`delete from log_store where seen_at < ${ago(COUNTS_DAYS)}::timestamptz`)
    await tx.execute(sql`delete from log_sequence where seen_at < ${ago(SEQUENCE_DAYS)}::timestamptz`)
  })
}
