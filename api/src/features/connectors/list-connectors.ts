import { rowsOf, schema, type Tx } from '@vigie/db'
import { INCIDENT_SEVERITY_LABELS } from '@vigie/rules'
import { asc, inArray, isNull, sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { nameAuthors } from '../bordereaux/people.ts'
import { KIND_LABELS, readOptions } from './connector-options.ts'
import { SHOWN_COLUMNS, type ShownConnectorRow } from './connector-rows.ts'
import type { Connector, Connectors } from './schema.ts'

interface Figures {
  readonly waiting: number
  readonly givenUp: number
  readonly lastSentAt: string | null
  readonly lastError: string | null
}

const NOTHING: Figures = { waiting: 0, givenUp: 0, lastSentAt: null, lastError: null }

async function readFigures(tx: Tx): Promise<ReadonlyMap<string, Figures>> {
  const found = await tx.execute(sql`
    select connector_id as id,
      count(*) filter (where state = 'waiting')::int as waiting,
      count(*) filter (where state = 'given_up')::int as "givenUp",
      max(sent_at) as "lastSentAt",
      (array_agg(last_error order by event_id desc)
        filter (where last_error is not null and state <> 'sent'))[1] as "lastError"
    from connector_delivery group by connector_id`)
  const rows = rowsOf<Figures & { id: string; lastSentAt: string | Date | null }>(found)
  return new Map(
    rows.map(({ id, lastSentAt, ...figures }) => [
      id,
      { ...figures, lastSentAt: lastSentAt === null ? null : new Date(lastSentAt).toISOString() },
    ]),
  )
}

async function countOpenTickets(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map()
  const { incidentTicket } = schema
  const rows = await tx
    .select({ id: incidentTicket.connectorId, open: sql<number>`count(*)::int` })
    .from(incidentTicket)
    .where(sql`${inArray(incidentTicket.connectorId, [...ids])} and ${isNull(incidentTicket.closedAt)}`)
    .groupBy(incidentTicket.connectorId)
  return new Map(rows.map(({ id, open }) => [id, open]))
}

/** Connectors of the caller's académies, by name, with what waits or failed; never their secrets. Errors: `forbidden`. */
export async function listConnectors(ctx: Context): Promise<Connectors> {
  const identity = authorise(ctx.actor, 'connector:manage')
  const { connector } = schema
  const found = await ctx.db.transact(identity, async (tx) => {
    const rows = await tx
      .select(SHOWN_COLUMNS)
      .from(connector)
      .where(isNull(connector.removedAt))
      .orderBy(asc(connector.academie), asc(connector.name))
    const ids = rows.map(({ id }) => id)
    return { rows, figures: await readFigures(tx), tickets: await countOpenTickets(tx, ids) }
  })
  const nameOf = await nameAuthors(
    ctx,
    found.rows.map(({ createdBy }) => createdBy),
  )
  return {
    rows: found.rows.map((row) => ({
      ...present(row),
      createdBy: nameOf(row.createdBy),
      deliveries: found.figures.get(row.id) ?? NOTHING,
      openTickets: found.tickets.get(row.id) ?? 0,
    })),
  }
}

function present(row: ShownConnectorRow): Omit<Connector, 'createdBy' | 'deliveries' | 'openTickets'> {
  const { allowHttp, ...glpi } = readOptions(row.options)
  return {
    id: row.id,
    academie: row.academie,
    kind: row.kind,
    kindLabel: KIND_LABELS[row.kind],
    name: row.name,
    url: row.url,
    severity: row.severity,
    severityLabel: INCIDENT_SEVERITY_LABELS[row.severity],
    enabled: row.disabledAt === null,
    allowHttp,
    glpi: row.kind === 'glpi' ? glpi : null,
    createdAt: row.createdAt.toISOString(),
    disabledAt: row.disabledAt?.toISOString() ?? null,
  }
}
