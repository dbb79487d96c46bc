import { purgeUnattached } from '../features/proofs/purge-unattached.ts'
import type { Job } from './job.ts'

/** Each night: what was sent and never cited goes away. */
export const purgeProofsJob: Job = {
  name: 'purge-proofs',
  cron: '23 2 * * *',
  expireInSeconds: 600,
  run: async (ctx) => {
    await purgeUnattached(ctx)
  },
}
