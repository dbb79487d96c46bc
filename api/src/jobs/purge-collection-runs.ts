import { sql } from 'drizzle-orm'
import { rowsOf } from '@vigie/db'
import { record } from '../journal/record.ts'
import { write } from '../journal/write.ts'
import type { Job } from './job.ts'

/** Days during which the runs of collectors stay readable; their evidence and newest activity stay longer. */
const KEPT_DAYS = 30

export const purgeCollectionRunsJob: Job = {
  name: 'purge-collection-runs',
  cron: '23 2 * * *',
  expireInSeconds: 600,
  run: async (ctx) => {
    const before = new Date(ctx.clock.now().getTime() - KEPT_DAYS * 86_400_000).toISOString()
    await write(ctx, { role: 'vigie_worker' }, async (tx) => {
      const result = await tx.execute(sql`
        with gone as (delete from collection_run where started_at < ${before}::timestamptz returning 1)
        select count(*)::int as removed from gone`)
      const removed = rowsOf<{ removed: number }>(result)[0]?.removed ?? 0
      if (removed === 0) return
      await record(tx, ctx, {
        action: 'collection_run.purge',
        subject: { kind: 'collection_run', id: before },
        details: { removed },
      })
    })
  },
}
