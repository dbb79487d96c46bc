import { rowsOf } from '@vigie/db'
import { sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { waitingCases } from './queue.ts'
import type { Figures, ReviewFilters, ReviewKind } from './schema.ts'

/** How many cases of each kind wait for the RSSI under the filters. Errors: `unauthenticated`, `forbidden`. */
export async function readFigures(ctx: Context, filters: ReviewFilters): Promise<Figures> {
  const identity = authorise(ctx.actor, 'review:read')
  const counted = await ctx.db.transact(identity, (tx) =>
    tx.execute(
      sql`select w.kind, count(*)::int as total from (${waitingCases(ctx, filters)}) w group by w.kind`,
    ),
  )
  const byKind = new Map(
    rowsOf<{ kind: ReviewKind; total: number }>(counted).map(({ kind, total }) => [kind, total]),
  )
  const of = (kind: ReviewKind) => byKind.get(kind) ?? 0
  return {
    contradiction: of('contradiction'),
    expiring: of('expiring'),
    derogation: of('derogation'),
    dispute: of('dispute'),
    total: [...byKind.values()].reduce((sum, total) => sum + total, 0),
  }
}
