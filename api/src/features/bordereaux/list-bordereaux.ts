import { schema } from '@vigie/db'
import { and, asc, desc, eq, lte, not, sql, type SQL } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { nameAuthors } from './people.ts'
import type { BordereauList, ListQuery } from './schema.ts'
import { isSigned, presentSummary, selectSummaries } from './summaries.ts'

const { bordereau } = schema
const DAY_MS = 86_400_000

function conditionOf(query: ListQuery, now: Date): SQL | undefined {
  const { q, kind, departement, holder, key, signed, unsignedForDays } = query
  const before = new Date(now.getTime() - (unsignedForDays ?? 0) * DAY_MS)
  return and(
    q ? sql`strpos(lower(${bordereau.number}), lower(${q})) > 0` : undefined,
    kind ? eq(bordereau.kind, kind) : undefined,
    departement ? eq(bordereau.departement, departement) : undefined,
    holder ? eq(bordereau.holderId, holder) : undefined,
    key
      ? sql`exists (select 1 from otp_key k where k.serial = ${key} and k.id = any(${bordereau.keyIds}))`
      : undefined,
    signed === 'true' ? isSigned : undefined,
    signed === 'false' || unsignedForDays !== undefined ? not(isSigned) : undefined,
    unsignedForDays === undefined ? undefined : lte(bordereau.createdAt, before),
  )
}

/** Slips of the caller's perimeter, newest first; those to chase, oldest first. Errors: `forbidden`. */
export async function listBordereaux(ctx: Context, query: ListQuery): Promise<BordereauList> {
  const identity = authorise(ctx.actor, 'key:read')
  const now = ctx.clock.now()
  const condition = conditionOf(query, now)
  const way = query.unsignedForDays === undefined ? desc : asc
  const { page, pageSize } = query
  const found = await ctx.db.transact(identity, async (tx) => ({
    rows: await selectSummaries(tx)
      .where(condition)
      .orderBy(way(bordereau.createdAt), way(bordereau.number))
      .limit(pageSize)
      .offset((page - 1) * pageSize),
    total: await tx.$count(bordereau, condition),
  }))
  const nameOf = await nameAuthors(
    ctx,
    found.rows.map((row) => row.createdBy),
  )
  return {
    total: found.total,
    page,
    pageSize,
    rows: found.rows.map((row) => presentSummary(row, now, nameOf)),
  }
}
