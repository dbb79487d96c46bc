import type { Job } from './job.ts'

const nextMonths = (now: Date): Date[] =>
  [0, 1, 2].map((ahead) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1)))

/** Creates the partitions of this month and of the next two, so that no writer has to. */
export const ensurePartitionsJob: Job = {
  name: 'ensure-partitions',
  cron: '7 2 * * *',
  expireInSeconds: 300,
  run: async (ctx) => {
    const months = nextMonths(ctx.clock.now())
    await ctx.db.ensureMonths('evidence', months)
    await ctx.db.ensureMonths('journal_entry', months)
  },
}
