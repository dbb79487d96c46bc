import { remindDepartures } from '../features/procedures/remind-departures.ts'
import type { Job } from './job.ts'

/** Early each morning: a reminder is queued once, however often the job runs. */
export const remindDeparturesJob: Job = {
  name: 'remind-departures',
  cron: '41 4 * * *',
  expireInSeconds: 600,
  run: async (ctx) => {
    await remindDepartures(ctx)
  },
}
