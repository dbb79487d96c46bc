import { purgeIncidents } from '../features/incidents/life/purge-incidents.ts'
import type { Job } from './job.ts'

/** Incidents are kept no longer than the work needs. */
export const purgeIncidentsJob: Job = {
  name: 'purge-incidents',
  cron: '37 2 * * *',
  expireInSeconds: 600,
  run: async (ctx) => {
    await purgeIncidents(ctx)
  },
}
