import { schema, type Tx } from '@vigie/db'
import { and, asc, eq, isNull, lte } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { HAND_OVER_MS, type MailRow } from './mail-status.ts'

const { mailMessage } = schema
const WORKER = { role: 'vigie_worker' } as const

const waiting = and(isNull(mailMessage.sentAt), isNull(mailMessage.closedAt), isNull(mailMessage.sendingAt))

/** Oldest message that is due and that no other process is taking. */
const dueMail = (tx: Tx, now: Date) =>
  tx
    .select({ id: mailMessage.id, attempts: mailMessage.attempts })
    .from(mailMessage)
    .where(and(waiting, lte(mailMessage.nextAttemptAt, now)))
    .orderBy(asc(mailMessage.nextAttemptAt), asc(mailMessage.id))
    .limit(1)

/** True when a message waits for the job. */
export const hasDueMail = async (ctx: Context): Promise<boolean> =>
  (await ctx.db.transact(WORKER, (tx) => dueMail(tx, ctx.clock.now()))).length > 0

/**
 * Takes one due message for the time of an attempt, committed: should the process die before it hands the message over,
 * another takes it once that time has passed. Out: the message, its attempt counted; undefined when none is due.
 */
export async function claimMail(ctx: Context): Promise<MailRow | undefined> {
  const now = ctx.clock.now()
  return ctx.db.transact(WORKER, async (tx) => {
    const [due] = await dueMail(tx, now).for('update', { skipLocked: true })
    if (!due) return undefined
    const [taken] = await tx
      .update(mailMessage)
      .set({ attempts: due.attempts + 1, nextAttemptAt: new Date(now.getTime() + HAND_OVER_MS) })
      .where(eq(mailMessage.id, due.id))
      .returning()
    return taken
  })
}

/**
 * Marks, committed, that the message is being handed over. In: the message as it was taken. Out: false when it is no
 * longer this attempt's: another process took it, or a person closed it.
 */
export async function markHandedOver(ctx: Context, mail: MailRow): Promise<boolean> {
  const marked = await ctx.db.transact(WORKER, (tx) =>
    tx
      .update(mailMessage)
      .set({ sendingAt: ctx.clock.now(), lastError: null })
      .where(and(eq(mailMessage.id, mail.id), eq(mailMessage.attempts, mail.attempts), waiting))
      .returning({ id: mailMessage.id }),
  )
  return marked.length > 0
}
