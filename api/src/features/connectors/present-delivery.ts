import type { schema } from '@vigie/db'
import type { Delivery, DeliveryState } from './schema.ts'
import { EVENT_LABELS } from './webhook-payload.ts'

export type DeliveryRow = typeof schema.connectorDelivery.$inferSelect

const STATE_LABELS: Readonly<Record<DeliveryState, string>> = {
  waiting: 'En attente',
  sent: 'Transmis',
  given_up: 'Abandonné',
}

/** In: a delivery and its incident. Out: the delivery as the API tells it. */
export const presentDelivery = (
  row: DeliveryRow,
  incident: { readonly number: number; readonly title: string },
): Delivery => ({
  id: row.id,
  event: row.event,
  eventLabel: EVENT_LABELS[row.event] ?? row.event,
  incident: { id: row.incidentId, number: incident.number, title: incident.title },
  state: row.state,
  stateLabel: STATE_LABELS[row.state],
  attempts: row.attempts,
  nextAttemptAt: row.state === 'waiting' ? row.nextAttemptAt.toISOString() : null,
  lastError: row.lastError,
  createdAt: row.createdAt.toISOString(),
  sentAt: row.sentAt?.toISOString() ?? null,
})
