import { schema, type Tx } from '@vigie/db'
import { reaches } from '@vigie/rules'
import { and, eq, isNull } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import {
  EXPORTED_EVENTS,
  incidentPayload,
  type IncidentEventRow,
  type IncidentRow,
  type Place,
} from './webhook-payload.ts'

/** What a ticket is told; the rest of the history would be noise there. */
const TOLD_TO_GLPI = new Set(['opened', 'acknowledged', 'commented', 'resolved', 'reopened'])

async function placeOf(tx: Tx, { academie, departement, uai }: IncidentRow): Promise<Place> {
  const { etablissement } = schema
  const [found] = uai
    ? await tx
        .select({ name: etablissement.name, commune: etablissement.commune })
        .from(etablissement)
        .where(eq(etablissement.uai, uai))
    : []
  return { academie, departement, uai, name: found?.name ?? null, commune: found?.commune ?? null }
}

/**
 * Queues one row of an incident's history for the connectors of its académie, in the caller's transaction (role
 * `vigie_worker`): what is told and what is marked as told stand or fall together. Calling it again changes nothing. A
 * connector that already knows the incident goes on being told, whatever the severity became; a suspended one finds it all
 * when it is resumed.
 */
export async function queueDeliveries(
  tx: Tx,
  ctx: Context,
  event: IncidentEventRow,
  incident: IncidentRow,
): Promise<void> {
  const name = EXPORTED_EVENTS[event.kind]
  if (!name) return
  const { connector, connectorDelivery } = schema
  const connectors = await tx
    .select({ id: connector.id, kind: connector.kind, severity: connector.severity })
    .from(connector)
    .where(and(eq(connector.academie, incident.academie), isNull(connector.removedAt)))
  if (connectors.length === 0) return
  const known = await tx
    .selectDistinct({ id: connectorDelivery.connectorId })
    .from(connectorDelivery)
    .where(eq(connectorDelivery.incidentId, incident.id))
  const told = new Set(known.map(({ id }) => id))
  const wanted = connectors.filter(
    ({ id, kind, severity }) =>
      (kind !== 'glpi' || TOLD_TO_GLPI.has(event.kind)) &&
      event.details['connectorId'] !== id &&
      (told.has(id) || reaches(incident.severity, severity)),
  )
  if (wanted.length === 0) return
  const now = ctx.clock.now()
  const payload = incidentPayload(name, event, incident, await placeOf(tx, incident), ctx.config.publicUrl)
  await tx
    .insert(connectorDelivery)
    .values(
      wanted.map(({ id }) => ({
        id: ctx.random.uuid(),
        academie: incident.academie,
        connectorId: id,
        incidentId: incident.id,
        event: name,
        eventId: event.id,
        payload: { ...payload },
        state: 'waiting' as const,
        nextAttemptAt: now,
        createdAt: now,
      })),
    )
    .onConflictDoNothing()
}
