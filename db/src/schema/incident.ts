import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { account } from './access.ts'
import { bytes, instant } from './columns.ts'

export type IncidentOrigin = 'alert' | 'request' | 'report'
export type IncidentState = 'open' | 'acknowledged' | 'resolved'
export type IncidentSeverity = 'critical' | 'warning' | 'info'
export type IncidentParty = 'etablissement' | 'collectivite' | 'academie'

/** Something to restore or to answer: an alert's, a user's request (MCO-SEI-3), or what a person reports. */
export const incident = pgTable(
  'incident',
  {
    id: uuid('id').primaryKey(),
    number: bigserial('number', { mode: 'number' }).notNull().unique(),
    origin: text('origin').$type<IncidentOrigin>().notNull(),
    severity: text('severity').$type<IncidentSeverity>().notNull(),
    title: text('title').notNull(),
    description: text('description').notNull(),
    state: text('state').$type<IncidentState>().notNull(),
    academie: text('academie').notNull(),
    departement: text('departement'),
    uai: text('uai'),
    service: text('service'),
    requirement: text('requirement'),
    machineId: uuid('machine_id'),
    /** Who must act, from the sharing table. */
    party: text('party').$type<IncidentParty>().notNull(),
    assigneeId: uuid('assignee_id').references(() => account.id),
    alertName: text('alert_name'),
    /** What makes repeats of an alert one incident: alert and place. Null when no alert opened it. */
    identity: text('identity'),
    occurrences: integer('occurrences').notNull().default(1),
    openedAt: instant('opened_at').notNull(),
    openedBy: uuid('opened_by').references(() => account.id),
    /** When it was last seen to go on. */
    lastSeenAt: instant('last_seen_at').notNull(),
    acknowledgedAt: instant('acknowledged_at'),
    acknowledgedBy: uuid('acknowledged_by').references(() => account.id),
    resolvedAt: instant('resolved_at'),
    /** Null when the end of the alert resolved it. */
    resolvedBy: uuid('resolved_by').references(() => account.id),
  },
  (t) => [
    uniqueIndex('incident_identity_unique')
      .on(t.academie, t.identity)
      .where(sql`state <> 'resolved'`),
    index('incident_queue_idx').on(t.academie, t.state, t.openedAt),
    index('incident_uai_idx').on(t.uai, t.openedAt),
    index('incident_identity_idx').on(t.academie, t.identity, t.openedAt),
  ],
)

/** One firing of one alert: Alertmanager repeats it, this row does not. */
export const incidentAlert = pgTable(
  'incident_alert',
  {
    academie: text('academie').notNull(),
    fingerprint: text('fingerprint').notNull(),
    startsAt: instant('starts_at').notNull(),
    incidentId: uuid('incident_id')
      .notNull()
      .references(() => incident.id, { onDelete: 'cascade' }),
    status: text('status').$type<'firing' | 'resolved'>().notNull(),
    labels: jsonb('labels').$type<Record<string, string>>().notNull(),
    annotations: jsonb('annotations').$type<Record<string, string>>().notNull(),
    generatorUrl: text('generator_url'),
    receivedAt: instant('received_at').notNull(),
    endsAt: instant('ends_at'),
  },
  (t) => [
    primaryKey({ columns: [t.academie, t.fingerprint, t.startsAt] }),
    index('incident_alert_incident_idx').on(t.incidentId),
  ],
)

export type IncidentEventKind =
  | 'opened'
  | 'repeated'
  | 'acknowledged'
  | 'assigned'
  | 'commented'
  | 'linked'
  | 'resolved'
  | 'reopened'
  | 'ticket_created'
  | 'ticket_followed'

/** History of an incident, oldest first by `at`. */
export const incidentEvent = pgTable(
  'incident_event',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    incidentId: uuid('incident_id')
      .notNull()
      .references(() => incident.id, { onDelete: 'cascade' }),
    at: instant('at').notNull(),
    kind: text('kind').$type<IncidentEventKind>().notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id').notNull(),
    /** Words of the person who acted. */
    comment: text('comment'),
    details: jsonb('details').$type<Record<string, unknown>>().notNull().default({}),
    /** When those who asked to be told were: by mail, and through the connectors. */
    toldAt: instant('told_at'),
  },
  (t) => [
    index('incident_event_idx').on(t.incidentId, t.at),
    index('incident_event_untold_idx')
      .on(t.id)
      .where(sql`told_at is null`),
  ],
)

/** Who is told by mail of a new incident. */
export const incidentRecipient = pgTable(
  'incident_recipient',
  {
    academie: text('academie').notNull(),
    mail: text('mail').notNull(),
    /** Told from this severity up. */
    severity: text('severity').$type<IncidentSeverity>().notNull(),
    /** Told of this département only; null: of the whole académie. */
    departement: text('departement'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.academie, t.mail] })],
)

/** A ticketing system that incidents are exported to. */
export const connector = pgTable(
  'connector',
  {
    id: uuid('id').primaryKey(),
    academie: text('academie').notNull(),
    kind: text('kind').$type<'webhook' | 'glpi'>().notNull(),
    name: text('name').notNull(),
    url: text('url').notNull(),
    /** Incidents from this severity up are exported. */
    severity: text('severity').$type<IncidentSeverity>().notNull(),
    /** JSON of the connector's secrets, sealed under the master key. */
    secretSealed: bytes('secret_sealed').notNull(),
    sealKeyId: text('seal_key_id').notNull(),
    options: jsonb('options').$type<Record<string, string>>().notNull().default({}),
    createdAt: instant('created_at').notNull(),
    createdBy: uuid('created_by').notNull(),
    disabledAt: instant('disabled_at'),
    /** Its secrets are gone; what was delivered stays known. */
    removedAt: instant('removed_at'),
  },
  (t) => [
    uniqueIndex('connector_name_unique')
      .on(t.academie, t.name)
      .where(sql`removed_at is null`),
  ],
)

/** What waits to be told to a connector, or was. */
export const connectorDelivery = pgTable(
  'connector_delivery',
  {
    id: uuid('id').primaryKey(),
    academie: text('academie').notNull(),
    connectorId: uuid('connector_id')
      .notNull()
      .references(() => connector.id),
    incidentId: uuid('incident_id')
      .notNull()
      .references(() => incident.id, { onDelete: 'cascade' }),
    event: text('event').notNull(),
    /** Row of the incident's history that it tells: one delivery each, in that order. */
    eventId: bigint('event_id', { mode: 'number' }).notNull(),
    payload: jsonb('payload').$type<Record<string, unknown>>().notNull(),
    state: text('state').$type<'waiting' | 'sent' | 'given_up'>().notNull(),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: instant('next_attempt_at').notNull(),
    lastError: text('last_error'),
    createdAt: instant('created_at').notNull(),
    sentAt: instant('sent_at'),
  },
  (t) => [
    index('connector_delivery_due_idx')
      .on(t.nextAttemptAt)
      .where(sql`state = 'waiting'`),
    uniqueIndex('connector_delivery_event_unique').on(t.connectorId, t.eventId),
    index('connector_delivery_connector_idx').on(t.connectorId, t.createdAt),
    index('connector_delivery_incident_idx').on(t.incidentId, t.createdAt),
  ],
)

/** The ticket that follows an incident in another system. */
export const incidentTicket = pgTable(
  'incident_ticket',
  {
    academie: text('academie').notNull(),
    connectorId: uuid('connector_id')
      .notNull()
      .references(() => connector.id),
    incidentId: uuid('incident_id')
      .notNull()
      .references(() => incident.id, { onDelete: 'cascade' }),
    externalId: text('external_id').notNull(),
    url: text('url'),
    /** As the other system words it. */
    status: text('status'),
    createdAt: instant('created_at').notNull(),
    followedAt: instant('followed_at').notNull(),
    closedAt: instant('closed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.connectorId, t.incidentId] }),
    index('incident_ticket_incident_idx').on(t.incidentId),
  ],
)
