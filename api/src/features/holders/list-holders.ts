import { schema } from '@vigie/db'
import { and, asc, count, eq, isNull, sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { everyWord } from '../keys/search.ts'
import { presentHolders } from './present-holder.ts'
import type { HolderQuery } from './schema.ts'

const { otpHolder } = schema
const SEARCHED = sql`${otpHolder.displayName} || ' ' || ${otpHolder.login} || ' ' || coalesce(${otpHolder.uai}, '')`

/** One page of the holders of the caller's perimeters, by name; erased ones never show. Errors: `forbidden`. */
export async function listHolders(ctx: Context, query: HolderQuery) {
  const identity = authorise(ctx.actor, 'key:read')
  const where = and(
    isNull(otpHolder.erasedAt),
    ...everyWord(query.q, SEARCHED),
    query.function ? eq(otpHolder.holderFunction, query.function) : undefined,
    query.departement ? eq(otpHolder.departement, query.departement) : undefined,
  )
  return ctx.db.transact(identity, async (tx) => {
    const [counted] = await tx.select({ total: count() }).from(otpHolder).where(where)
    const rows = await tx
      .select()
      .from(otpHolder)
      .where(where)
      .orderBy(asc(otpHolder.displayName), asc(otpHolder.login))
      .limit(query.pageSize)
      .offset((query.page - 1) * query.pageSize)
    return {
      total: counted?.total ?? 0,
      page: query.page,
      pageSize: query.pageSize,
      rows: await presentHolders(tx, rows, ctx.clock.now()),
    }
  })
}
