import { hasDueDelivery } from '../features/connectors/claim-delivery.ts'
import { sendDueDeliveries } from '../features/connectors/send-due-deliveries.ts'
import type { Job } from './job.ts'

/** Tells incidents to the connected ticketing systems. */
export const sendDeliveriesJob: Job = {
  name: 'send-deliveries',
  cron: '* * * * *',
  atMostEverySeconds: 5,
  expireInSeconds: 600,
  isWanted: hasDueDelivery,
  run: async (ctx, signal) => {
    await sendDueDeliveries(ctx, { signal })
  },
}
