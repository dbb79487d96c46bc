import { reportIncidentEvidence } from '../features/incidents/evidence/report-incident-evidence.ts'
import type { Job } from './job.ts'

/** Each night: what the queue of incidents proves of each establishment. */
export const reportIncidentEvidenceJob: Job = {
  name: 'report-incident-evidence',
  cron: '31 3 * * *',
  expireInSeconds: 600,
  run: async (ctx) => {
    await reportIncidentEvidence(ctx)
  },
}
