import { learnTargets } from '../features/targets/learn-targets.ts'
import type { Job } from './job.ts'

/** A machine that enters the parc is watched within minutes; one that leaves it is withheld from discovery at once. */
export const learnTargetsJob: Job = {
  name: 'learn-targets',
  cron: '*/5 * * * *',
  expireInSeconds: 600,
  run: async (ctx, signal) => {
    await learnTargets(ctx, signal)
  },
}
