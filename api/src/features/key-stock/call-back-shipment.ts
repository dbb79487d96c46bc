import { schema, type Tx } from '@vigie/db'
import { eq, inArray } from 'drizzle-orm'
import { authorise } from '../../access/index.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { noShipment } from './read-shipment.ts'
import { recordStockEvent } from './stock-events.ts'

const { keyShipment, keyShipmentItem, otpKey } = schema

/**
 * Undoes a shipment that nobody received: its keys are the académie's again. Errors: `not_found`, `conflict` when it was
 * received or when one of its keys has left the stock.
 */
export async function callBackShipment(ctx: Context, id: string): Promise<void> {
  const identity = authorise(ctx.actor, 'key:stock')
  await write(ctx, identity, async (tx) => {
    const [shipment] = await tx.select().from(keyShipment).where(eq(keyShipment.id, id)).for('update')
    if (!shipment) throw noShipment()
    if (shipment.receivedAt)
      throw new AppError('conflict', 'Cette expédition a été reçue : elle ne peut plus être annulée.')
    const keys = await lockItems(tx, id)
    const { departement, academie, bordereauId } = shipment
    await tx
      .update(otpKey)
      .set({ departement: null })
      .where(
        inArray(
          otpKey.id,
          keys.map((key) => key.id),
        ),
      )
    await recordStockEvent(tx, ctx, 'call_back', keys, { shipmentId: id, departement, bordereauId })
    await tx.delete(keyShipmentItem).where(eq(keyShipmentItem.shipmentId, id))
    await tx.delete(keyShipment).where(eq(keyShipment.id, id))
    await record(tx, ctx, {
      action: 'shipment.called_back',
      subject: { kind: 'shipment', id },
      details: { academie, departement, keys: keys.length, bordereauId },
    })
  })
}

async function lockItems(tx: Tx, id: string) {
  const keys = await tx
    .select({ id: otpKey.id, serial: otpKey.serial, state: otpKey.state })
    .from(otpKey)
    .where(
      inArray(
        otpKey.id,
        tx
          .select({ id: keyShipmentItem.keyId })
          .from(keyShipmentItem)
          .where(eq(keyShipmentItem.shipmentId, id)),
      ),
    )
    .for('update')
  const used = keys.find(({ state }) => state !== 'stock')
  if (!used) return keys
  throw new AppError(
    'conflict',
    `La clé ${used.serial} n’est plus en stock : l’expédition ne peut plus être annulée.`,
  )
}
