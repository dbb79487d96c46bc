import { reportOwnEvidence } from '../features/own-evidence/report-own-evidence.ts'
import type { Job } from './job.ts'

/** Each night: what Vigie's own tables prove of each establishment. */
export const reportOwnEvidenceJob: Job = {
  name: 'report-own-evidence',
  cron: '47 3 * * *',
  expireInSeconds: 900,
  run: async (ctx) => {
    await reportOwnEvidence(ctx)
  },
}
