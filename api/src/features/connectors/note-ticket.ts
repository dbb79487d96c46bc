import { schema, type Tx } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import type { IncidentEventKind } from '@vigie/db/schema'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import type { ConnectorRow } from './connector-rows.ts'
import { TICKET_STATUSES } from './glpi-tickets.ts'

const { incidentEvent, incidentTicket } = schema
const WORKER = { role: 'vigie_worker' } as const

/** Page of a ticket in GLPI's own screens. */
export const ticketPage = (apiUrl: string, ticketId: number | string): string =>
  `${apiUrl.replace(/\/apirest\.php$/, '')}/front/ticket.form.php?id=${ticketId}`

async function addEvent(
  tx: Tx,
  ctx: Context,
  incidentId: string,
  kind: IncidentEventKind,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  await tx.insert(incidentEvent).values({
    incidentId,
    at: ctx.clock.now(),
    kind,
    actorKind: 'system',
    actorId: 'connectors',
    details: { ...details },
  })
}

/** Notes the ticket that follows an incident, and writes it in the incident's history. Once noted, nothing changes. */
export async function noteTicket(
  ctx: Context,
  connector: ConnectorRow,
  incidentId: string,
  ticketId: number,
): Promise<void> {
  const now = ctx.clock.now()
  const url = ticketPage(connector.url, ticketId)
  await write(ctx, WORKER, async (tx) => {
    const noted = await tx
      .insert(incidentTicket)
      .values({
        academie: connector.academie,
        connectorId: connector.id,
        incidentId,
        externalId: String(ticketId),
        url,
        status: TICKET_STATUSES[1] ?? null,
        createdAt: now,
        followedAt: now,
      })
      .onConflictDoNothing()
      .returning({ incidentId: incidentTicket.incidentId })
    if (noted.length === 0) return
    await addEvent(tx, ctx, incidentId, 'ticket_created', {
      connectorId: connector.id,
      connector: connector.name,
      ticket: String(ticketId),
      url,
    })
    await record(tx, ctx, {
      action: 'incident.ticket_created',
      subject: { kind: 'incident', id: incidentId },
      details: { connector: connector.id, ticket: String(ticketId) },
    })
  })
}

export interface FollowedTicket {
  readonly incidentId: string
  readonly externalId: string
  /** As it was last seen. */
  readonly status: string | null
}

/** Writes what a ticket became. In: its status now, and whether it needs no more following. Out: true when it changed. */
export async function followTicket(
  ctx: Context,
  connector: ConnectorRow,
  ticket: FollowedTicket,
  { status, closed }: { readonly status: string; readonly closed: boolean },
): Promise<boolean> {
  const now = ctx.clock.now()
  const changed = status !== ticket.status
  await write(ctx, WORKER, async (tx) => {
    await tx
      .update(incidentTicket)
      .set({ status, followedAt: now, closedAt: closed ? now : null })
      .where(
        and(eq(incidentTicket.connectorId, connector.id), eq(incidentTicket.incidentId, ticket.incidentId)),
      )
    if (!changed) return
    await addEvent(tx, ctx, ticket.incidentId, 'ticket_followed', {
      connectorId: connector.id,
      connector: connector.name,
      ticket: ticket.externalId,
      status,
    })
    await record(tx, ctx, {
      action: 'incident.ticket_followed',
      subject: { kind: 'incident', id: ticket.incidentId },
      details: { connector: connector.id, ticket: ticket.externalId, status },
    })
  })
  return changed
}
