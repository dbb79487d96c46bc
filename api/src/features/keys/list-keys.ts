import { schema } from '@vigie/db'
import { HOLDER_FUNCTIONS, KEY_STATE_LABELS, KEY_STATES, superiorOf } from '@vigie/rules'
import { and, asc, count, eq, inArray, isNull, lte, ne, or, sql, type SQL } from 'drizzle-orm'
import type { Actor } from '../../access/actor.ts'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { dayOf, presentKey, SUMMARY_COLUMNS } from './present-key.ts'
import type { KeyList, KeyQuery } from './schema.ts'
import { everyWord } from './search.ts'

const { otpHolder, otpKey, otpSecret } = schema

const SEARCHED = sql`${otpKey.serial} || ' ' || coalesce(${otpHolder.displayName}, '') || ' ' || coalesce(${otpHolder.login}, '')`

function monthsLater(now: Date, months: number): string {
  const then = new Date(now)
  then.setUTCMonth(then.getUTCMonth() + months)
  return dayOf(then)
}

/** Keys that the caller hands over: those of whom the caller is the superior, but one's own. */
function handedOverBy(actor: Actor): (SQL | undefined)[] {
  if (actor.kind !== 'account') return [sql`false`]
  const roles: readonly string[] = actor.grants.map(({ role }) => role)
  const functions = HOLDER_FUNCTIONS.filter((name) => roles.includes(superiorOf(name)))
  return [
    inArray(otpHolder.holderFunction, functions),
    or(isNull(otpHolder.accountId), ne(otpHolder.accountId, actor.id)),
  ]
}

function conditions(query: KeyQuery, actor: Actor, now: Date): (SQL | undefined)[] {
  return [
    ...everyWord(query.q, SEARCHED),
    ...(query.departement === undefined ? [] : [eq(otpKey.departement, query.departement)]),
    ...(query.holder === undefined ? [] : [eq(otpKey.holderId, query.holder)]),
    ...(query.handOver === undefined ? [] : handedOverBy(actor)),
    ...(query.expiring === undefined
      ? []
      : [lte(otpKey.expiresOn, monthsLater(now, query.expiring)), ne(otpKey.state, 'scrapped')]),
  ]
}

/** One page of the keys of the caller's perimeters, by serial. Errors: `unauthenticated`, `forbidden`. */
export async function listKeys(ctx: Context, query: KeyQuery): Promise<KeyList> {
  const identity = authorise(ctx.actor, 'key:read')
  const now = ctx.clock.now()
  const searched = and(...conditions(query, ctx.actor, now))
  return ctx.db.transact(identity, async (tx) => {
    const counts = await tx
      .select({ state: otpKey.state, count: count() })
      .from(otpKey)
      .leftJoin(otpHolder, eq(otpHolder.id, otpKey.holderId))
      .where(searched)
      .groupBy(otpKey.state)
    const rows = await tx
      .select(SUMMARY_COLUMNS)
      .from(otpKey)
      .innerJoin(otpSecret, eq(otpSecret.keyId, otpKey.id))
      .leftJoin(otpHolder, eq(otpHolder.id, otpKey.holderId))
      .where(and(searched, query.state ? eq(otpKey.state, query.state) : undefined))
      .orderBy(asc(otpKey.serial))
      .limit(query.pageSize)
      .offset((query.page - 1) * query.pageSize)
    const byState = new Map(counts.map((row) => [row.state, row.count]))
    const states = KEY_STATES.map((state) => ({
      state,
      label: KEY_STATE_LABELS[state],
      count: byState.get(state) ?? 0,
    }))
    const total = states
      .filter(({ state }) => query.state === undefined || state === query.state)
      .reduce((sum, state) => sum + state.count, 0)
    return {
      total,
      page: query.page,
      pageSize: query.pageSize,
      states,
      rows: rows.map((row) => presentKey(row, now)),
    }
  })
}
