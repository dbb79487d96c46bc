import { schema } from '@vigie/db'
import { asc, eq } from 'drizzle-orm'
import { authorise } from '../../access/index.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { accountNames } from './account-names.ts'
import type { ShipmentFile } from './schema.ts'
import { presentShipment, shipmentRows } from './shipment-rows.ts'

export const noShipment = () =>
  new AppError('not_found', 'Aucune expédition de votre périmètre ne porte ce numéro.')

/** One shipment and its keys. Errors: `not_found` when absent or outside the perimeter. */
export async function readShipment(ctx: Context, id: string): Promise<ShipmentFile> {
  const { keyShipment, keyShipmentItem, otpKey } = schema
  const found = await ctx.db.transact(authorise(ctx.actor, 'key:manage'), async (tx) => ({
    row: (await shipmentRows(tx, eq(keyShipment.id, id), 1))[0],
    items: await tx
      .select({ serial: otpKey.serial, model: otpKey.model, expiresOn: otpKey.expiresOn })
      .from(keyShipmentItem)
      .innerJoin(otpKey, eq(otpKey.id, keyShipmentItem.keyId))
      .where(eq(keyShipmentItem.shipmentId, id))
      .orderBy(asc(otpKey.serial)),
  }))
  if (!found.row) throw noShipment()
  const names = await accountNames(ctx, [found.row.sentBy, found.row.receivedBy])
  return { ...presentShipment(found.row, names), items: found.items }
}
