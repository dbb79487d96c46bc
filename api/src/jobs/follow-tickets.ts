import { followDueTickets } from '../features/connectors/follow-due-tickets.ts'
import type { Job } from './job.ts'

/** Follows the tickets that incidents became elsewhere. */
export const followTicketsJob: Job = {
  name: 'follow-tickets',
  cron: '* * * * *',
  expireInSeconds: 600,
  run: async (ctx, signal) => {
    await followDueTickets(ctx, { signal })
  },
}
