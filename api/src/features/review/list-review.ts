import { rowsOf, type Tx } from '@vigie/db'
import { sql, type SQL } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { ORDER, waitingCases } from './queue.ts'
import { rowsIn } from './rows.ts'
import type { Review, ReviewKind, ReviewQuery } from './schema.ts'

/** One page of what waits for the RSSI, the oldest first. Errors: `unauthenticated`, `forbidden`. */
export async function listReview(ctx: Context, query: ReviewQuery): Promise<Review> {
  const identity = authorise(ctx.actor, 'review:read')
  const { kind, page, pageSize, ...filters } = query
  const cases = waitingCases(ctx, filters, kind)
  return ctx.db.transact(identity, async (tx) => {
    const found = await pageOf(tx, cases, page, pageSize)
    const total = found[0]?.total ?? (page === 1 ? 0 : await countOf(tx, cases))
    const rows = found.length === 0 ? [] : await rowsIn(tx, sql.join(found.map(asRow), sql` union all `))
    return { total, page, pageSize, rows }
  })
}

interface Key {
  kind: ReviewKind
  case: string
  uai: string
  requirement: string
  since: string
  total: number
}

const asRow = (key: Key): SQL => sql`
  select ${key.kind}::text as kind, ${key.case}::text as "case", ${key.uai}::text as uai,
    ${key.requirement}::text as requirement, ${key.since}::timestamptz as since`

/** The queue is read once for its page and its total alike. */
const pageOf = async (tx: Tx, cases: SQL, page: number, pageSize: number): Promise<Key[]> =>
  rowsOf<Key>(
    await tx.execute(sql`
      select w.kind, w."case", w.uai, w.requirement, w.since::text as since, (count(*) over ())::int as total
      from (${cases}) w order by ${ORDER} limit ${pageSize} offset ${(page - 1) * pageSize}`),
  )

async function countOf(tx: Tx, cases: SQL): Promise<number> {
  const counted = await tx.execute(sql`select count(*)::int as total from (${cases}) w`)
  return rowsOf<{ total: number }>(counted)[0]?.total ?? 0
}
