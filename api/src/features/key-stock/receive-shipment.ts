import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/index.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { noShipment, readShipment } from './read-shipment.ts'
import type { ShipmentFile } from './schema.ts'
import { recordStockEvent } from './stock-events.ts'

/** The département tells that every key of a shipment arrived. Errors: `not_found`, `conflict` when already told. */
export async function receiveShipment(ctx: Context, id: string): Promise<ShipmentFile> {
  const identity = authorise(ctx.actor, 'key:manage')
  const { keyShipment, keyShipmentItem, otpKey } = schema
  await write(ctx, identity, async (tx) => {
    const [shipment] = await tx.select().from(keyShipment).where(eq(keyShipment.id, id)).for('update')
    if (!shipment) throw noShipment()
    if (shipment.receivedAt)
      throw new AppError('conflict', 'Cette expédition a déjà été reçue : il n’y a rien à confirmer.')
    const receivedBy = ctx.actor.kind === 'account' ? ctx.actor.id : null
    await tx
      .update(keyShipment)
      .set({ receivedAt: ctx.clock.now(), receivedBy })
      .where(eq(keyShipment.id, id))
    const keys = await tx
      .select({ id: otpKey.id, serial: otpKey.serial, state: otpKey.state })
      .from(keyShipmentItem)
      .innerJoin(otpKey, eq(otpKey.id, keyShipmentItem.keyId))
      .where(eq(keyShipmentItem.shipmentId, id))
    await recordStockEvent(
      tx,
      ctx,
      'receive',
      keys.filter(({ state }) => state === 'stock'),
      { shipmentId: id, departement: shipment.departement, bordereauId: shipment.bordereauId },
    )
    await record(tx, ctx, {
      action: 'shipment.received',
      subject: { kind: 'shipment', id },
      details: { departement: shipment.departement, keys: keys.length },
    })
  })
  return readShipment(ctx, id)
}
