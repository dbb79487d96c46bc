import { sql } from 'drizzle-orm'
import type { Job } from './job.ts'

/** The live page shows the last hour; a little more stays for who looks at an attack just over. */
const KEPT_HOURS = 6

export const purgeTrafficJob: Job = {
  name: 'purge-traffic',
  cron: '7,37 * * * *',
  expireInSeconds: 300,
  run: async (ctx) => {
    const before = new Date(ctx.clock.now().getTime() - KEPT_HOURS * 3_600_000).toISOString()
    await ctx.db.transact({ role: 'vigie_worker' }, (tx) =>
      tx.execute(sql`delete from otp_traffic where second < ${before}::timestamptz`),
    )
  },
}
