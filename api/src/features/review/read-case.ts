import { rowsOf, type Tx } from '@vigie/db'
import { sql, type SQL } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { waitingCases } from './queue.ts'
import { rowsIn } from './rows.ts'
import type { ReviewCase, ReviewFilters, ReviewKind } from './schema.ts'

type Which = { kind: ReviewKind; case: string }

/**
 * One case that waits for the RSSI, with its place among those of its kind under the filters. Errors: `forbidden`,
 * `not_found` once it waits no more.
 */
export async function readCase(ctx: Context, which: Which, filters: ReviewFilters): Promise<ReviewCase> {
  const identity = authorise(ctx.actor, 'review:read')
  const queue = waitingCases(ctx, filters, which.kind)
  return ctx.db.transact(identity, async (tx) => {
    const [row] = await rowsIn(
      tx,
      sql`select * from (${waitingCases(ctx, {}, which.kind)}) w where w."case" = ${which.case}`,
    )
    if (!row)
      throw new AppError(
        'not_found',
        'Ce cas n’attend plus de décision : il a été traité, ou sa cause a disparu.',
      )
    return { row, ...(await placeOf(tx, queue, which)) }
  })
}

async function placeOf(tx: Tx, queue: SQL, which: Which): Promise<Omit<ReviewCase, 'row'>> {
  const [place] = rowsOf<{ position: number; total: number; previous: string | null; next: string | null }>(
    await tx.execute(sql`
      select * from (
        select w."case" as id, row_number() over o::int as position, count(*) over ()::int as total,
          lag(w."case") over o as previous, lead(w."case") over o as next
        from (${queue}) w window o as (order by w.since, w.uai, w.requirement, w.kind, w."case")
      ) placed where id = ${which.case}`),
  )
  const at = (id: string | null | undefined) => (id ? { kind: which.kind, case: id } : null)
  return {
    position: place?.position ?? 0,
    total: place?.total ?? 0,
    previous: at(place?.previous),
    next: at(place?.next),
  }
}
