import { schema } from '@vigie/db'
import { and, asc, eq, isNull, lte, sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { resolveIncident } from '../incidents/life/resolve-incident.ts'
import { readOptions } from './connector-options.ts'
import type { ConnectorRow } from './connector-rows.ts'
import type { GlpiApi } from './glpi-api.ts'
import { glpiOf } from './glpi-channel.ts'
import { CLOSED, SOLVED, TICKET_STATUSES, readTicketStatus } from './glpi-tickets.ts'
import { noteTicketStatus, ticketDetails, type TicketRow } from './note-ticket.ts'
import { OutgoingError, type OutgoingOptions } from './outgoing-request.ts'

const { connector, incidentTicket } = schema
const WORKER = { role: 'vigie_worker' } as const

/** Milliseconds between two looks at a ticket. */
export const FOLLOW_EVERY_MS = 5 * 60_000
/** Tickets looked at in one run, for each connector. */
const BATCH = 100

const GONE = 'Supprimé'
const OVER = new Set([TICKET_STATUSES[SOLVED], TICKET_STATUSES[CLOSED], GONE])

const dueBefore = (ctx: Context) => new Date(ctx.clock.now().getTime() - FOLLOW_EVERY_MS)

async function connectorsToFollow(ctx: Context): Promise<readonly ConnectorRow[]> {
  const before = dueBefore(ctx).toISOString()
  return ctx.db.transact(WORKER, (tx) =>
    tx
      .select()
      .from(connector)
      .where(
        sql`kind = 'glpi' and disabled_at is null and removed_at is null and exists (
          select 1 from incident_ticket t where t.connector_id = ${connector.id}
            and t.closed_at is null and t.followed_at <= ${before}::timestamptz)`,
      ),
  )
}

async function dueTickets(ctx: Context, connectorId: string): Promise<readonly TicketRow[]> {
  return ctx.db.transact(WORKER, (tx) =>
    tx
      .select()
      .from(incidentTicket)
      .where(
        and(
          eq(incidentTicket.connectorId, connectorId),
          isNull(incidentTicket.closedAt),
          lte(incidentTicket.followedAt, dueBefore(ctx)),
        ),
      )
      .orderBy(asc(incidentTicket.followedAt))
      .limit(BATCH),
  )
}

/** The incident of a ticket that was just solved is over; one that was already is left as it is. */
async function resolveFromTicket(
  ctx: Context,
  row: ConnectorRow,
  { incidentId, externalId }: TicketRow,
  status: string,
): Promise<void> {
  const comment = `Le ticket ${externalId} (${row.name}) est passé à l’état « ${status} ».`
  try {
    await resolveIncident(ctx, incidentId, { comment }, { ...ticketDetails(row, externalId), status })
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'conflict') throw error
  }
}

async function follow(ctx: Context, row: ConnectorRow, api: GlpiApi, ticket: TicketRow): Promise<void> {
  const number = await readTicketStatus(api, Number(ticket.externalId))
  const status = number === null ? GONE : (TICKET_STATUSES[number] ?? `Statut ${number}`)
  const solved = number !== null && number >= SOLVED && !OVER.has(ticket.status ?? '')
  // First: should the process die in between, the change is seen again.
  if (solved && readOptions(row.options).resolveWithTicket) await resolveFromTicket(ctx, row, ticket, status)
  await noteTicketStatus(ctx, row, ticket, { status, closed: number === null || number >= CLOSED })
}

async function followConnector(ctx: Context, row: ConnectorRow, options: OutgoingOptions): Promise<number> {
  let api: GlpiApi | null = null
  let followed = 0
  try {
    for (const ticket of await dueTickets(ctx, row.id)) {
      if (options.signal?.aborted) break
      try {
        api ??= glpiOf(ctx, row, options)
        await follow(ctx, row, api, ticket)
        followed++
      } catch (error) {
        if (!(error instanceof OutgoingError)) throw error
        ctx.log.warn({ connector: row.id, ticket: ticket.externalId }, 'ticket not followed')
        if (error.affectsAll) break
        // One ticket that cannot be read must not keep the next ones waiting.
        await noteTicketStatus(ctx, row, ticket, { status: ticket.status ?? '', closed: false })
      }
    }
  } finally {
    await api?.close()
  }
  return followed
}

/**
 * Looks at the tickets that are not closed: their status is noted, written in the history when it changes, and resolves
 * the incident where the connector says so. A GLPI that does not answer is asked again at the next run. Out: how many
 * tickets were read.
 */
export async function followDueTickets(ctx: Context, options: OutgoingOptions = {}): Promise<number> {
  const connectors = await connectorsToFollow(ctx)
  const counts = await Promise.all(connectors.map((row) => followConnector(ctx, row, options)))
  return counts.reduce((sum, count) => sum + count, 0)
}
