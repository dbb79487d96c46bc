import { eraseDepartedHolders } from '../features/holders/erase-departed-holders.ts'
import type { Job } from './job.ts'

/** Personal data is kept no longer than the work needs. */
export const eraseDepartedHoldersJob: Job = {
  name: 'erase-departed-holders',
  cron: '7 3 * * *',
  expireInSeconds: 600,
  run: async (ctx) => {
    await eraseDepartedHolders(ctx)
  },
}
