import { schema } from '@vigie/db'
import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { matchingAccount } from './matching-account.ts'

const { otpHolder } = schema

/**
 * Links to an account, by its login, the holder who was registered before it was opened. In: a folded login whose account
 * was just opened or given a role. Out: the holder linked, or null. Call it outside a transaction.
 */
export async function linkAccount(ctx: Context, login: string): Promise<string | null> {
  const worker = { role: 'vigie_worker' } as const
  const candidates = await ctx.db.transact(worker, (tx) =>
    tx
      .select()
      .from(otpHolder)
      .where(and(eq(otpHolder.login, login), isNull(otpHolder.accountId), isNull(otpHolder.erasedAt))),
  )
  for (const holder of candidates) {
    const accountId = await matchingAccount(ctx, login, { ...holder, commune: null }, holder.communeCode)
    if (accountId === null) continue
    return write(ctx, worker, async (tx) => {
      const linked = await tx
        .update(otpHolder)
        .set({ accountId })
        .where(and(eq(otpHolder.id, holder.id), isNull(otpHolder.accountId)))
        .returning({ id: otpHolder.id })
      if (linked.length === 0) return null
      await record(tx, ctx, {
        action: 'holder.linked',
        subject: { kind: 'holder', id: holder.id },
        details: { account: accountId },
      })
      return holder.id
    })
  }
  return null
}
