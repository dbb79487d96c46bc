import { schema } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { addEvent } from '../incidents/life/add-event.ts'
import type { ConnectorRow } from './connector-rows.ts'
import { TICKET_STATUSES } from './glpi-tickets.ts'

const { incidentTicket } = schema
const WORKER = { role: 'vigie_worker' } as const

/** A ticket as Vigie last saw it. */
export type TicketRow = typeof incidentTicket.$inferSelect

/** Page of a ticket in GLPI's own screens. */
export const ticketPage = (apiUrl: string, ticketId: number): string =>
  `${apiUrl.replace(/\/apirest\.php$/, '')}/front/ticket.form.php?id=${ticketId}`

/** What the history of an incident keeps of a ticket. */
export const ticketDetails = (
  connector: ConnectorRow,
  externalId: string,
): Readonly<Record<'connectorId' | 'connector' | 'externalId', string>> => ({
  connectorId: connector.id,
  connector: connector.name,
  externalId,
})

/** Notes the ticket that follows an incident, and writes it in the incident's history. Once noted, nothing changes. */
export async function noteTicket(
  ctx: Context,
  connector: ConnectorRow,
  incidentId: string,
  ticketId: number,
): Promise<void> {
  const now = ctx.clock.now()
  const externalId = String(ticketId)
  const url = ticketPage(connector.url, ticketId)
  await write(ctx, WORKER, async (tx) => {
    const noted = await tx
      .insert(incidentTicket)
      .values({
        academie: connector.academie,
        connectorId: connector.id,
        incidentId,
        externalId,
        url,
        status: TICKET_STATUSES[1] ?? null,
        createdAt: now,
        followedAt: now,
      })
      .onConflictDoNothing()
      .returning({ incidentId: incidentTicket.incidentId })
    if (noted.length === 0) return
    const details = ticketDetails(connector, externalId)
    await addEvent(tx, ctx, { incidentId, kind: 'ticket_created', details: { ...details, url } })
    await record(tx, ctx, {
      action: 'incident.ticket_created',
      subject: { kind: 'incident', id: incidentId },
      details: { connector: connector.id, ticket: externalId },
    })
  })
}

/** Writes how a ticket stands now, and in the incident's history when that changed. */
export async function noteTicketStatus(
  ctx: Context,
  connector: ConnectorRow,
  ticket: TicketRow,
  { status, closed }: { readonly status: string; readonly closed: boolean },
): Promise<void> {
  const now = ctx.clock.now()
  const { incidentId, externalId } = ticket
  await write(ctx, WORKER, async (tx) => {
    await tx
      .update(incidentTicket)
      .set({ status, followedAt: now, closedAt: closed ? now : null })
      .where(and(eq(incidentTicket.connectorId, connector.id), eq(incidentTicket.incidentId, incidentId)))
    if (status === ticket.status) return
    const details = { ...ticketDetails(connector, externalId), status }
    await addEvent(tx, ctx, { incidentId, kind: 'ticket_followed', details })
    await record(tx, ctx, {
      action: 'incident.ticket_followed',
      subject: { kind: 'incident', id: incidentId },
      details: { connector: connector.id, ticket: externalId, status },
    })
  })
}
