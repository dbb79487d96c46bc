import type { Context } from '../../context.ts'
import type { Channel } from './channel.ts'
import { claimDelivery, connectorsWithDeliveries } from './claim-delivery.ts'
import { concludeDelivery } from './conclude-delivery.ts'
import type { ConnectorRow } from './connector-rows.ts'
import { glpiChannel } from './glpi-channel.ts'
import { OutgoingError, type OutgoingOptions } from './outgoing-request.ts'
import type { DeliveryRow } from './present-delivery.ts'
import { webhookChannel } from './webhook-channel.ts'

const CHANNELS = { webhook: webhookChannel, glpi: glpiChannel } as const

/** Out: false when nothing else of this connector need be tried in this run. */
async function attempt(ctx: Context, channel: Channel, delivery: DeliveryRow): Promise<boolean> {
  try {
    const remark = await channel.deliver(delivery)
    await concludeDelivery(ctx, delivery, { kind: 'sent', remark })
    return true
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error
    ctx.log.warn(
      { connector: delivery.connectorId, delivery: delivery.id, attempt: delivery.attempts },
      'delivery failed',
    )
    await concludeDelivery(ctx, delivery, { kind: 'failed', error: error.message })
    return !error.affectsAll
  }
}

async function serve(ctx: Context, connector: ConnectorRow, options: OutgoingOptions): Promise<number> {
  const channel = CHANNELS[connector.kind](ctx, connector, options)
  let attempted = 0
  try {
    for (let goesOn = true; goesOn && !options.signal?.aborted;) {
      const delivery = await claimDelivery(ctx, connector.id)
      if (!delivery) break
      attempted++
      goesOn = await attempt(ctx, channel, delivery)
    }
  } finally {
    await channel.close()
  }
  return attempted
}

/**
 * Sends what is due, each connector on its own so that a silent one holds up no other, and in the order of each
 * incident's history; any number of processes may. Out: how many deliveries were attempted. A failure that nobody
 * foresaw leaves its delivery to be tried again.
 */
export async function sendDueDeliveries(ctx: Context, options: OutgoingOptions = {}): Promise<number> {
  const connectors = await connectorsWithDeliveries(ctx)
  const served = await Promise.allSettled(connectors.map((connector) => serve(ctx, connector, options)))
  const failed = served.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
  return served.reduce((sum, result) => sum + (result.status === 'fulfilled' ? result.value : 0), 0)
}
