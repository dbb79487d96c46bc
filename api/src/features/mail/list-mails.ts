import { schema } from '@vigie/db'
import { desc } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { hasStatus, presentMail } from './mail-status.ts'
import type { Mails, MailsQuery } from './schema.ts'

/** Messages of the caller's académies, newest first. Errors: `forbidden`. */
export async function listMails(ctx: Context, query: MailsQuery): Promise<Mails> {
  const identity = authorise(ctx.actor, 'key:stock')
  const now = ctx.clock.now()
  const { mailMessage } = schema
  const { page, pageSize } = query
  const condition = query.status ? hasStatus(query.status, now) : undefined
  const found = await ctx.db.transact(identity, async (tx) => ({
    rows: await tx
      .select()
      .from(mailMessage)
      .where(condition)
      .orderBy(desc(mailMessage.createdAt), desc(mailMessage.id))
      .limit(pageSize)
      .offset((page - 1) * pageSize),
    total: await tx.$count(mailMessage, condition),
  }))
  return {
    configured: ctx.config.mail !== null,
    from: ctx.config.mail?.from ?? null,
    total: found.total,
    page,
    pageSize,
    rows: found.rows.map((row) => presentMail(row, now)),
  }
}
