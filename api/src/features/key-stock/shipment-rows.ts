import { schema, type Tx } from '@vigie/db'
import { departementOf } from '@vigie/rules'
import { desc, eq, sql, type SQL } from 'drizzle-orm'
import type { Shipment } from './schema.ts'

const { bordereau, keyShipment } = schema

/** Shipments that satisfy a condition, newest first, as the caller may see them. */
export const shipmentRows = (tx: Tx, where: SQL | undefined, limit: number) =>
  tx
    .select({
      id: keyShipment.id,
      academie: keyShipment.academie,
      departement: keyShipment.departement,
      sentAt: keyShipment.sentAt,
      sentBy: keyShipment.sentBy,
      receivedAt: keyShipment.receivedAt,
      receivedBy: keyShipment.receivedBy,
      comment: keyShipment.comment,
      keys: sql<number>`(select count(*)::int from key_shipment_item i where i.shipment_id = ${keyShipment.id})`,
      bordereauId: keyShipment.bordereauId,
      number: bordereau.number,
    })
    .from(keyShipment)
    .leftJoin(bordereau, eq(bordereau.id, keyShipment.bordereauId))
    .where(where)
    .orderBy(desc(keyShipment.sentAt), desc(keyShipment.id))
    .limit(limit)

export type ShipmentRow = Awaited<ReturnType<typeof shipmentRows>>[number]

/** In: a shipment, names of accounts. Out: what the caller reads of it. */
export const presentShipment = (row: ShipmentRow, names: ReadonlyMap<string, string>): Shipment => ({
  ...row,
  departementName: departementOf(row.departement)?.name ?? row.departement,
  sentAt: row.sentAt.toISOString(),
  sentBy: row.sentBy === null ? null : (names.get(row.sentBy) ?? null),
  receivedAt: row.receivedAt?.toISOString() ?? null,
  receivedBy: row.receivedBy === null ? null : (names.get(row.receivedBy) ?? null),
})
