import { remindExpiring } from '../features/declarations/remind-expiring.ts'
import type { Job } from './job.ts'

/** Early each morning: each reminder is queued once, however often the job runs. */
export const remindDeclarationsJob: Job = {
  name: 'remind-declarations',
  cron: '47 4 * * *',
  expireInSeconds: 600,
  run: async (ctx) => {
    await remindExpiring(ctx)
  },
}
