import type { Context } from '@vigie/api/context'
import { queueDeliveries } from '@vigie/api/features/connectors/queue-deliveries.ts'
import { schema } from '@vigie/db'
import type { IncidentEventKind } from '@vigie/db/schema'
import { asc, eq } from 'drizzle-orm'

type IncidentRow = typeof schema.incident.$inferSelect

export interface ExportedIncident {
  readonly id: string
  readonly number: number
  /** Adds to the history and queues it for the connectors, as the job that tells incidents does. */
  happens(
    kind: IncidentEventKind,
    options?: { comment?: string; details?: Record<string, unknown> },
  ): Promise<void>
  read(): Promise<IncidentRow>
  /** Oldest first. */
  events(): Promise<readonly (typeof schema.incidentEvent.$inferSelect)[]>
  deliveries(): Promise<readonly (typeof schema.connectorDelivery.$inferSelect)[]>
  tickets(): Promise<readonly (typeof schema.incidentTicket.$inferSelect)[]>
}

const WORKER = { role: 'vigie_worker' } as const

/** An open incident of the académie of the suites, whose history is exported. */
export async function anExportedIncident(
  ctx: Context,
  values: Partial<typeof schema.incident.$inferInsert> = {},
): Promise<ExportedIncident> {
  const { connectorDelivery, incident, incidentEvent, incidentTicket } = schema
  const id = ctx.random.uuid()
  const now = ctx.clock.now()
  const [row] = await ctx.db.transact(WORKER, (tx) =>
    tx
      .insert(incident)
      .values({
        id,
        origin: 'report',
        severity: 'warning',
        title: 'Impression impossible <salle 12>',
        description: 'L’imprimante ne répond plus.\nLe voyant est rouge & fixe.',
        state: 'open',
        academie: '98',
        departement: '991',
        party: 'etablissement',
        openedAt: now,
        lastSeenAt: now,
        ...values,
      })
      .returning(),
  )
  if (!row) throw new Error('no incident was written')
  const read = async () => {
    const [found] = await ctx.db.transact(WORKER, (tx) =>
      tx.select().from(incident).where(eq(incident.id, id)),
    )
    if (!found) throw new Error(`no incident ${id}`)
    return found
  }
  return {
    id,
    number: row.number,
    read,
    happens: async (kind, { comment, details = {} } = {}) => {
      const current = await read()
      await ctx.db.transact(WORKER, async (tx) => {
        const [event] = await tx
          .insert(incidentEvent)
          .values({
            incidentId: id,
            at: ctx.clock.now(),
            kind,
            actorKind: 'system',
            actorId: 'test',
            comment: comment ?? null,
            details,
            toldAt: ctx.clock.now(),
          })
          .returning()
        if (!event) throw new Error('no event was written')
        await queueDeliveries(tx, ctx, event, current)
      })
    },
    events: () =>
      ctx.db.transact(WORKER, (tx) =>
        tx
          .select()
          .from(incidentEvent)
          .where(eq(incidentEvent.incidentId, id))
          .orderBy(asc(incidentEvent.id)),
      ),
    deliveries: () =>
      ctx.db.transact(WORKER, (tx) =>
        tx
          .select()
          .from(connectorDelivery)
          .where(eq(connectorDelivery.incidentId, id))
          .orderBy(asc(connectorDelivery.eventId)),
      ),
    tickets: () =>
      ctx.db.transact(WORKER, (tx) =>
        tx.select().from(incidentTicket).where(eq(incidentTicket.incidentId, id)),
      ),
  }
}
