import { schema } from '@vigie/db'
import { departementOf } from '@vigie/rules'
import { and, eq, isNull } from 'drizzle-orm'
import { authorise } from '../../access/index.ts'
import type { Context } from '../../context.ts'
import { accountNames } from './account-names.ts'
import type { Shipment, ShipmentQuery } from './schema.ts'
import { presentShipment, shipmentRows } from './shipment-rows.ts'

const SHOWN = 200

/** The latest shipments to the caller's départements, newest first. Errors: `forbidden`. */
export async function listShipments(ctx: Context, query: ShipmentQuery): Promise<Shipment[]> {
  const { keyShipment } = schema
  const wanted = query.departement
  const rows = await ctx.db.transact(authorise(ctx.actor, 'key:manage'), (tx) =>
    shipmentRows(
      tx,
      and(
        wanted === undefined ? undefined : eq(keyShipment.departement, departementOf(wanted)?.code ?? wanted),
        query.pending === 'true' ? isNull(keyShipment.receivedAt) : undefined,
      ),
      SHOWN,
    ),
  )
  const names = await accountNames(
    ctx,
    rows.flatMap(({ sentBy, receivedBy }) => [sentBy, receivedBy]),
  )
  return rows.map((row) => presentShipment(row, names))
}
