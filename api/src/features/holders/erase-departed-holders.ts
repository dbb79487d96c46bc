import { schema } from '@vigie/db'
import { HELD_STATES } from '@vigie/rules'
import { and, eq, inArray, isNull, lt, notExists, sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { eraseHolder } from './erase-holder.ts'

const { otpHolder, otpKey } = schema

/**
 * Forgets the people who left longer ago than the configuration keeps them, once they hold no key. Out: how many.
 * Each is forgotten in a transaction of its own.
 */
export async function eraseDepartedHolders(ctx: Context): Promise<number> {
  const before = new Date(ctx.clock.now())
  before.setUTCMonth(before.getUTCMonth() - ctx.config.holderRetentionMonths)
  const gone = await ctx.db.transact(authorise(ctx.actor, 'key:stock'), (tx) =>
    tx
      .select({ id: otpHolder.id })
      .from(otpHolder)
      .where(
        and(
          eq(otpHolder.kind, 'nominative'),
          isNull(otpHolder.erasedAt),
          lt(otpHolder.departedAt, before),
          notExists(
            tx
              .select({ one: sql`1` })
              .from(otpKey)
              .where(and(eq(otpKey.holderId, otpHolder.id), inArray(otpKey.state, [...HELD_STATES]))),
          ),
        ),
      ),
  )
  for (const { id } of gone) await eraseHolder(ctx, id)
  return gone.length
}
