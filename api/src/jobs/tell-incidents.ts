import { hasUntold, tellIncidents } from '../features/incidents/telling/tell-incidents.ts'
import type { Job } from './job.ts'

/** Tells of incidents by mail and to connectors, a few seconds after they happen: an avalanche makes one message. */
export const tellIncidentsJob: Job = {
  name: 'tell-incidents',
  cron: '* * * * *',
  atMostEverySeconds: 10,
  expireInSeconds: 300,
  isWanted: hasUntold,
  run: async (ctx, signal) => {
    await tellIncidents(ctx, signal)
  },
}
