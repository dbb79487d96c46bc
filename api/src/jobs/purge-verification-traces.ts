import { sql } from 'drizzle-orm'
import type { Job } from './job.ts'

/** Forgets the answers kept for retransmissions, the sources that no longer fail, and the seeds nobody took up. */
export const purgeVerificationTracesJob: Job = {
  name: 'purge-verification-traces',
  cron: '*/10 * * * *',
  expireInSeconds: 300,
  run: async (ctx) => {
    const now = ctx.clock.now().getTime()
    const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString()
    await ctx.db.transact({ role: 'vigie_worker' }, async (tx) => {
      await tx.execute(sql`delete from otp_answer where expires_at < ${ago(5)}::timestamptz`)
      await tx.execute(sql`
        delete from otp_source where window_started_at < ${ago(60)}::timestamptz
          and (forgotten_at is null or forgotten_at < ${ago(0)}::timestamptz)
          and (blocked_until is null or blocked_until < ${ago(0)}::timestamptz)`)
      await tx.execute(sql`delete from software_enrolment where started_at < ${ago(60)}::timestamptz`)
    })
  },
}
