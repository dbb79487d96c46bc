import { reportWeekly } from '../features/deployment/report-weekly.ts'
import type { Job } from './job.ts'

/**
 * Looks every ten minutes for a Friday without its report: on time in every time zone, and made up for when the process
 * was down.
 */
export const weeklyReportJob: Job = {
  name: 'weekly-report',
  cron: '*/10 * * * *',
  expireInSeconds: 300,
  run: async (ctx) => {
    await reportWeekly(ctx)
  },
}
