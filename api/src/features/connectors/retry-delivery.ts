import { schema } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { findConnector } from './connector-rows.ts'
import { ATTEMPT_MS } from './claim-delivery.ts'
import { presentDelivery, type DeliveryRow } from './present-delivery.ts'
import type { Delivery } from './schema.ts'

/** One that is perhaps being sent at this moment is left to its attempt. */
const soonest = (row: DeliveryRow, now: Date): Date =>
  row.state === 'waiting' && row.nextAttemptAt.getTime() - now.getTime() <= ATTEMPT_MS
    ? row.nextAttemptAt
    : now

/**
 * A person asks for a delivery to be tried now: one that was given up starts again, one that waits does so no longer.
 * Errors: `forbidden`, `not_found`, `conflict` when it was already delivered.
 */
export async function retryDelivery(
  ctx: Context,
  connectorId: string,
  deliveryId: string,
): Promise<Delivery> {
  const identity = authorise(ctx.actor, 'connector:manage')
  const { connectorDelivery, incident } = schema
  return write(ctx, identity, async (tx) => {
    await findConnector(tx, connectorId)
    const [row] = await tx
      .select()
      .from(connectorDelivery)
      .where(and(eq(connectorDelivery.id, deliveryId), eq(connectorDelivery.connectorId, connectorId)))
      .for('update')
    if (!row) throw new AppError('not_found', 'Cet envoi n’existe pas dans votre périmètre.')
    if (row.state === 'sent') throw new AppError('conflict', 'Cet envoi a déjà été transmis.')
    const [told] = await tx
      .select({ number: incident.number, title: incident.title })
      .from(incident)
      .where(eq(incident.id, row.incidentId))
    if (!told) throw new AppError('not_found', 'L’incident de cet envoi n’existe plus.')
    const [queued] = await tx
      .update(connectorDelivery)
      .set({ state: 'waiting', nextAttemptAt: soonest(row, ctx.clock.now()) })
      .where(eq(connectorDelivery.id, deliveryId))
      .returning()
    await record(tx, ctx, {
      action: 'delivery.retried',
      subject: { kind: 'connector', id: connectorId },
      details: { delivery: deliveryId, was: row.state },
    })
    return presentDelivery(queued ?? row, told)
  })
}
