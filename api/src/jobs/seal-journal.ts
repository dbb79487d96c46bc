import { sql } from 'drizzle-orm'
import { rowsOf } from '@vigie/db'
import { sealBatches } from '../journal/seal-batches.ts'
import type { Job } from './job.ts'

/** Chains what was journalled since the last batch, within about ten seconds and off the path of who writes. */
export const sealJournalJob: Job = {
  name: 'seal-journal',
  cron: '* * * * *',
  atMostEverySeconds: 10,
  expireInSeconds: 300,
  isWanted: async (ctx) => {
    const result = await ctx.db.asOwner((tx) => tx.execute(sql`select 1 from journal_pending limit 1`))
    return rowsOf(result).length > 0
  },
  run: async (ctx) => {
    await sealBatches(ctx)
  },
}
