import { INCIDENT_LIFE, allowedIncidentActions, requirementById } from '@vigie/rules'
import { schema, type Tx } from '@vigie/db'
import { and, count, desc, eq, sql } from 'drizzle-orm'
import { authorise, may } from '../../../access/authorise.ts'
import type { Context } from '../../../context.ts'
import { nameAuthors } from '../../bordereaux/people.ts'
import { findIncident, type IncidentRecord } from '../life/find-incident.ts'
import { placeOfIncident, type IncidentPlace } from '../life/incident-place.ts'
import { actorsOf } from '../life/who-acts.ts'
import type { IncidentDetail } from '../schema.ts'
import { peopleOf, presentEvent, type EventRow } from './present-event.ts'
import { presentIncident } from './present-incident.ts'

const SHOWN_ALERTS = 100
const SHOWN_EVENTS = 500

type AlertRow = typeof schema.incidentAlert.$inferSelect

async function historyOf(tx: Tx, id: string) {
  const { incidentAlert, incidentEvent, incidentTicket, connector } = schema
  const events = await tx
    .select()
    .from(incidentEvent)
    .where(eq(incidentEvent.incidentId, id))
    .orderBy(desc(incidentEvent.at), desc(incidentEvent.id))
    .limit(SHOWN_EVENTS)
  const alerts = await tx
    .select()
    .from(incidentAlert)
    .where(eq(incidentAlert.incidentId, id))
    .orderBy(sql`${incidentAlert.status} = 'resolved'`, desc(incidentAlert.startsAt))
    .limit(SHOWN_ALERTS)
  const counts = await tx
    .select({ status: incidentAlert.status, count: count() })
    .from(incidentAlert)
    .where(eq(incidentAlert.incidentId, id))
    .groupBy(incidentAlert.status)
  const tickets = await tx
    .select({ ticket: incidentTicket, connectorName: connector.name })
    .from(incidentTicket)
    .leftJoin(connector, eq(connector.id, incidentTicket.connectorId))
    .where(eq(incidentTicket.incidentId, id))
    .orderBy(incidentTicket.createdAt)
  const firing = counts.find(({ status }) => status === 'firing')?.count ?? 0
  return {
    events: events.toReversed(),
    alerts,
    firing,
    alertsTotal: counts.reduce((sum, row) => sum + row.count, 0),
    tickets,
  }
}

async function machineOf(tx: Tx, { machineId }: IncidentRecord) {
  if (machineId === null) return null
  const { machine } = schema
  const [found] = await tx
    .select({ id: machine.id, name: machine.name })
    .from(machine)
    .where(eq(machine.id, machineId))
  return found ?? null
}

async function namesOf(tx: Tx, { uai }: IncidentRecord) {
  const { etablissement } = schema
  const [found] = uai
    ? await tx
        .select({ name: etablissement.name, commune: etablissement.commune })
        .from(etablissement)
        .where(and(eq(etablissement.uai, uai)))
    : []
  return found ?? { name: null, commune: null }
}

function actionsOf(ctx: Context, incident: IncidentRecord, place: IncidentPlace): IncidentDetail['actions'] {
  if (!may(ctx.actor, 'incident:work')) return []
  return allowedIncidentActions(actorsOf(ctx.actor, incident, place), incident.state).map((action) => ({
    action,
    label: INCIDENT_LIFE[action].label,
    comment: INCIDENT_LIFE[action].comment,
  }))
}

/** Nobody resolved it but the end of its alerts; a ticket closed elsewhere resolves it through Vigie. */
const endedByAlert = ({ resolvedAt }: IncidentRecord, events: readonly EventRow[]): boolean =>
  resolvedAt === null || events.findLast(({ kind }) => kind === 'resolved')?.actorKind === 'service'

const presentAlert = (row: AlertRow): IncidentDetail['alerts'][number] => ({
  fingerprint: row.fingerprint,
  status: row.status,
  statusLabel: row.status === 'firing' ? 'En cours' : 'Terminée',
  startsAt: row.startsAt.toISOString(),
  endsAt: row.endsAt?.toISOString() ?? null,
  receivedAt: row.receivedAt.toISOString(),
  labels: row.labels,
  annotations: row.annotations,
  generatorUrl: row.generatorUrl,
  runbookUrl: row.annotations['runbook_url'] ?? null,
})

/** The incident with its history, its alerts, and what the caller may do now. Errors: `forbidden`, `not_found`. */
export async function readIncident(ctx: Context, id: string): Promise<IncidentDetail> {
  const identity = authorise(ctx.actor, 'incident:read')
  const found = await ctx.db.transact(identity, async (tx) => {
    const incident = await findIncident(tx, id)
    return {
      incident,
      place: await placeOfIncident(tx, incident),
      names: await namesOf(tx, incident),
      machine: await machineOf(tx, incident),
      history: await historyOf(tx, id),
    }
  })
  const { incident, place, names, machine, history } = found
  const { openedBy, acknowledgedBy, resolvedBy, assigneeId } = incident
  const people = [openedBy, acknowledgedBy, resolvedBy, assigneeId].filter((person) => person !== null)
  const nameOf = await nameAuthors(ctx, [...people, ...history.events.flatMap(peopleOf)])
  const nameOrNull = (person: string | null) => (person === null ? null : nameOf(person))
  const alerts = history.alerts.map(presentAlert)
  return {
    ...presentIncident({ incident, ...names }, nameOf, ctx.clock.now()),
    description: incident.description,
    requirementStatement: requirementById(incident.requirement ?? '')?.statement ?? null,
    machine,
    openedBy: nameOrNull(openedBy),
    acknowledgedBy: nameOrNull(acknowledgedBy),
    resolvedBy: nameOrNull(resolvedBy) ?? (endedByAlert(incident, history.events) ? null : 'Vigie'),
    runbookUrl: alerts.find(({ runbookUrl }) => runbookUrl !== null)?.runbookUrl ?? null,
    firingAlerts: history.firing,
    alerts,
    alertsTotal: history.alertsTotal,
    events: history.events.map((event) => presentEvent(event, nameOf)),
    tickets: history.tickets.map(({ ticket, connectorName }) => ({
      connectorId: ticket.connectorId,
      connectorName: connectorName ?? 'Connecteur',
      externalId: ticket.externalId,
      url: ticket.url,
      status: ticket.status,
      createdAt: ticket.createdAt.toISOString(),
      followedAt: ticket.followedAt.toISOString(),
      closedAt: ticket.closedAt?.toISOString() ?? null,
    })),
    actions: actionsOf(ctx, incident, place),
  }
}
