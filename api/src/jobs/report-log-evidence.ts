import { purgeLogs } from '../features/logs/purge-logs.ts'
import { reportLogEvidence } from '../features/logs/report-log-evidence.ts'
import type { Job } from './job.ts'

/** Each night: what journals prove of each establishment; then what is too old to be kept. */
export const reportLogEvidenceJob: Job = {
  name: 'report-log-evidence',
  cron: '52 3 * * *',
  expireInSeconds: 600,
  run: async (ctx) => {
    await reportLogEvidence(ctx)
    await purgeLogs(ctx)
  },
}
