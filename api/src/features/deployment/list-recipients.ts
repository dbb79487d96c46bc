import { schema } from '@vigie/db'
import { asc } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { nameAuthors } from '../bordereaux/people.ts'
import type { Recipient } from './schema.ts'

/** Who receives the weekly report of the caller's académies. Errors: `forbidden`. */
export async function listRecipients(ctx: Context): Promise<{ rows: Recipient[] }> {
  const identity = authorise(ctx.actor, 'deployment:read')
  const { reportRecipient } = schema
  const rows = await ctx.db.transact(identity, (tx) =>
    tx.select().from(reportRecipient).orderBy(asc(reportRecipient.academie), asc(reportRecipient.mail)),
  )
  const nameOf = await nameAuthors(
    ctx,
    rows.map((row) => row.addedBy),
  )
  return {
    rows: rows.map((row) => ({
      ...row,
      addedAt: row.addedAt.toISOString(),
      addedBy: nameOf(row.addedBy),
    })),
  }
}
