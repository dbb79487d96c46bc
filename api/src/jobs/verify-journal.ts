import { rowsOf } from '@vigie/db'
import { sql } from 'drizzle-orm'
import { proveJournal } from '../journal/prove-journal.ts'
import type { Job } from './job.ts'

/** Proves the journal whole every day; a broken one is found, not a failed job. */
export const verifyJournalJob: Job = {
  name: 'verify-journal',
  cron: '41 3 * * *',
  expireInSeconds: 4 * 3_600,
  isDueAtStart: async (ctx) => {
    const result = await ctx.db.transact({ role: 'vigie_worker' }, (tx) =>
      tx.execute(sql`select 1 from journal_verification limit 1`),
    )
    return rowsOf(result).length === 0
  },
  run: async (ctx) => {
    await proveJournal(ctx)
  },
}
