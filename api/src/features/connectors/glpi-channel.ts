import { schema } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { payloadOf, type Channel } from './channel.ts'
import { readOptions } from './connector-options.ts'
import type { ConnectorRow } from './connector-rows.ts'
import { secretsFor } from './connector-secrets.ts'
import { openGlpi, type GlpiApi } from './glpi-api.ts'
import { createTicket, findTicket, tellTicket } from './glpi-tickets.ts'
import { noteTicket } from './note-ticket.ts'
import type { OutgoingOptions } from './outgoing-request.ts'

/** In: a GLPI connector. Out: its API, in a session of its own that the caller closes. Errors: `OutgoingError`. */
export function glpiOf(ctx: Context, connector: ConnectorRow, options: OutgoingOptions): GlpiApi {
  const secrets = secretsFor(ctx.config, 'glpi', connector)
  return openGlpi(ctx.config, { url: connector.url, ...secrets }, options)
}

async function knownTicket(ctx: Context, connectorId: string, incidentId: string): Promise<number | null> {
  const { incidentTicket } = schema
  const [row] = await ctx.db.transact({ role: 'vigie_worker' }, (tx) =>
    tx
      .select({ externalId: incidentTicket.externalId })
      .from(incidentTicket)
      .where(and(eq(incidentTicket.connectorId, connectorId), eq(incidentTicket.incidentId, incidentId))),
  )
  return row ? Number(row.externalId) : null
}

/**
 * The way to a GLPI: the first delivery of an incident makes its ticket, unless an earlier attempt did without our
 * knowing; the next ones add follow-ups. One session serves the whole run.
 */
export function glpiChannel(ctx: Context, connector: ConnectorRow, options: OutgoingOptions): Channel {
  let opened: GlpiApi | null = null
  const choices = readOptions(connector.options)
  return {
    deliver: async (delivery) => {
      const api = (opened ??= glpiOf(ctx, connector, options))
      const payload = payloadOf(delivery)
      let ticketId = await knownTicket(ctx, connector.id, delivery.incidentId)
      if (ticketId === null) {
        ticketId = (await findTicket(api, payload)) ?? (await createTicket(api, payload, choices))
        await noteTicket(ctx, connector, delivery.incidentId, ticketId)
      }
      if (payload.event === 'incident.opened') return null
      const again = delivery.attempts > 1
      return tellTicket(api, ticketId, payload, { solveTicket: choices.solveTicket, again })
    },
    close: async () => opened?.close(),
  }
}
