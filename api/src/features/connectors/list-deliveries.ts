import { schema } from '@vigie/db'
import { and, desc, eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { findConnector } from './connector-rows.ts'
import { presentDelivery } from './present-delivery.ts'
import type { Deliveries, DeliveriesQuery } from './schema.ts'

/** What a connector was told or waits to be, newest first. Errors: `forbidden`, `not_found`. */
export async function listDeliveries(
  ctx: Context,
  connectorId: string,
  query: DeliveriesQuery,
): Promise<Deliveries> {
  const identity = authorise(ctx.actor, 'connector:manage')
  const { connectorDelivery, incident } = schema
  const { page, pageSize, state } = query
  const condition = and(
    eq(connectorDelivery.connectorId, connectorId),
    state ? eq(connectorDelivery.state, state) : undefined,
  )
  return ctx.db.transact(identity, async (tx) => {
    await findConnector(tx, connectorId)
    const rows = await tx
      .select({ delivery: connectorDelivery, number: incident.number, title: incident.title })
      .from(connectorDelivery)
      .innerJoin(incident, eq(incident.id, connectorDelivery.incidentId))
      .where(condition)
      .orderBy(desc(connectorDelivery.eventId))
      .limit(pageSize)
      .offset((page - 1) * pageSize)
    const total = await tx.$count(connectorDelivery, condition)
    return {
      total,
      page,
      pageSize,
      rows: rows.map(({ delivery, number, title }) => presentDelivery(delivery, { number, title })),
    }
  })
}
