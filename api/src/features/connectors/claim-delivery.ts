import { rowsOf, schema, type Tx } from '@vigie/db'
import { and, eq, inArray, sql, type SQL } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import type { ConnectorRow } from './connector-rows.ts'
import type { DeliveryRow } from './present-delivery.ts'
import { EXPORTED_EVENTS } from './webhook-payload.ts'

const { connector, connectorDelivery } = schema
const WORKER = { role: 'vigie_worker' } as const

/** Time for which a delivery is taken: should the process die, another takes it once that time has passed. */
export const ATTEMPT_MS = 5 * 60_000

/** Deliveries of a connector that are due, none ahead of an earlier event of its incident, queued already or not yet. */
const dueOf = (connectorId: SQL | string, now: Date) => sql`
  from connector_delivery d
  where d.connector_id = ${connectorId} and d.state = 'waiting' and d.next_attempt_at <= ${now.toISOString()}::timestamptz
    and not exists (
      select 1 from connector_delivery earlier
      where earlier.connector_id = d.connector_id and earlier.incident_id = d.incident_id
        and earlier.state = 'waiting' and earlier.event_id < d.event_id)
    and not exists (
      select 1 from incident_event untold
      where untold.told_at is null and untold.id < d.event_id and untold.incident_id = d.incident_id
        and ${inArray(sql`untold.kind`, Object.keys(EXPORTED_EVENTS))})`

/** Connectors in service that have something due. */
export async function connectorsWithDeliveries(ctx: Context): Promise<readonly ConnectorRow[]> {
  const now = ctx.clock.now()
  return ctx.db.transact(WORKER, (tx) =>
    tx
      .select()
      .from(connector)
      .where(
        sql`disabled_at is null and removed_at is null and exists (select 1 ${dueOf(sql`${connector.id}`, now)})`,
      ),
  )
}

/** True when a delivery is due through a connector in service. */
export const hasDueDelivery = async (ctx: Context): Promise<boolean> =>
  (await connectorsWithDeliveries(ctx)).length > 0

/**
 * Takes the oldest due delivery of a connector, committed. Out: the delivery, its attempt counted; undefined when none
 * is due, or the connector was suspended meanwhile.
 */
export async function claimDelivery(ctx: Context, connectorId: string): Promise<DeliveryRow | undefined> {
  const now = ctx.clock.now()
  return ctx.db.transact(WORKER, async (tx) => {
    if (!(await isInService(tx, connectorId))) return undefined
    const found = await tx.execute(
      sql`select d.id ${dueOf(connectorId, now)} order by d.event_id limit 1 for update of d skip locked`,
    )
    const [due] = rowsOf<{ id: string }>(found)
    if (!due) return undefined
    const [taken] = await tx
      .update(connectorDelivery)
      .set({
        attempts: sql`${connectorDelivery.attempts} + 1`,
        nextAttemptAt: new Date(now.getTime() + ATTEMPT_MS),
      })
      .where(eq(connectorDelivery.id, due.id))
      .returning()
    return taken
  })
}

async function isInService(tx: Tx, connectorId: string): Promise<boolean> {
  const rows = await tx
    .select({ id: connector.id })
    .from(connector)
    .where(and(eq(connector.id, connectorId), sql`disabled_at is null and removed_at is null`))
  return rows.length > 0
}
