import type { Identity, Tx } from '@vigie/db'
import type { Context } from '../context.ts'

/**
 * Transaction of a verb that writes: makes sure that the journal's month exists, then runs `work` under the
 * identity that `authorise` gave. `work` must end with `record(tx, ctx, …)`.
 */
export async function write<T>(ctx: Context, identity: Identity, work: (tx: Tx) => Promise<T>): Promise<T> {
  await ctx.db.ensureMonths('journal_entry', [ctx.clock.now()])
  return ctx.db.transact(identity, work)
}
