import { rowsOf } from '@vigie/db'
import { sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { ORDER, waitingCases } from './queue.ts'
import { rowsIn } from './rows.ts'
import type { Review, ReviewQuery } from './schema.ts'

/** One page of what waits for the RSSI, the oldest first. Errors: `unauthenticated`, `forbidden`. */
export async function listReview(ctx: Context, query: ReviewQuery): Promise<Review> {
  const identity = authorise(ctx.actor, 'review:read')
  const { kind, page, pageSize, ...filters } = query
  const cases = waitingCases(ctx, filters, kind)
  return ctx.db.transact(identity, async (tx) => {
    const counted = await tx.execute(sql`select count(*)::int as total from (${cases}) w`)
    const total = rowsOf<{ total: number }>(counted)[0]?.total ?? 0
    const rows =
      (page - 1) * pageSize >= total
        ? []
        : await rowsIn(
            tx,
            sql`select * from (${cases}) w order by ${ORDER} limit ${pageSize} offset ${(page - 1) * pageSize}`,
          )
    return { total, page, pageSize, rows }
  })
}
