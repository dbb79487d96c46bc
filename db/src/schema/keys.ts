import { sql } from 'drizzle-orm'
import {
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytes, instant } from './columns.ts'
import { otpHolder, otpKey } from './otp.ts'

/** One file of keys that was read. */
export const keyImport = pgTable('key_import', {
  id: uuid('id').primaryKey(),
  academie: text('academie').notNull(),
  format: text('format').$type<'pskc' | 'csv'>().notNull(),
  fileName: text('file_name').notNull(),
  sha256: text('sha256').notNull(),
  importedAt: instant('imported_at').notNull(),
  importedBy: text('imported_by').notNull(),
  keys: integer('keys').notNull(),
  created: integer('created').notNull(),
  unchanged: integer('unchanged').notNull(),
  refused: integer('refused').notNull(),
  refusals: jsonb('refusals').$type<{ line: number; field: string; reason: string }[]>().notNull(),
})

/** Keys sent from the académie's stock to a département's. */
export const keyShipment = pgTable(
  'key_shipment',
  {
    id: uuid('id').primaryKey(),
    academie: text('academie').notNull(),
    departement: text('departement').notNull(),
    sentAt: instant('sent_at').notNull(),
    sentBy: uuid('sent_by'),
    receivedAt: instant('received_at'),
    receivedBy: uuid('received_by'),
    bordereauId: uuid('bordereau_id'),
    comment: text('comment'),
  },
  (t) => [index('key_shipment_idx').on(t.academie, t.departement, t.sentAt)],
)

export const keyShipmentItem = pgTable(
  'key_shipment_item',
  {
    shipmentId: uuid('shipment_id')
      .notNull()
      .references(() => keyShipment.id),
    keyId: uuid('key_id')
      .notNull()
      .references(() => otpKey.id),
  },
  (t) => [primaryKey({ columns: [t.shipmentId, t.keyId] }), index('key_shipment_item_key_idx').on(t.keyId)],
)

/** Number of keys in stock under which the département is told to order. */
export const stockThreshold = pgTable(
  'stock_threshold',
  {
    academie: text('academie').notNull(),
    departement: text('departement').notNull(),
    minimum: integer('minimum').notNull(),
  },
  (t) => [primaryKey({ columns: [t.academie, t.departement] })],
)

export type ProcedureKind =
  'stand_in' | 'return_of_holder' | 'replacement' | 'departure' | 'first_appointment'

/** One guided case under way: who is concerned, which keys, what is left to do. */
export const keyProcedure = pgTable(
  'key_procedure',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind').$type<ProcedureKind>().notNull(),
    holderId: uuid('holder_id')
      .notNull()
      .references(() => otpHolder.id),
    /** The stand-in, when the case has one. */
    otherHolderId: uuid('other_holder_id'),
    keyId: uuid('key_id'),
    newKeyId: uuid('new_key_id'),
    step: text('step').notNull(),
    reason: text('reason'),
    openedAt: instant('opened_at').notNull(),
    openedBy: text('opened_by').notNull(),
    dueOn: date('due_on'),
    remindedAt: instant('reminded_at'),
    closedAt: instant('closed_at'),
    outcome: text('outcome').$type<'done' | 'cancelled'>(),
  },
  (t) => [
    index('key_procedure_holder_idx').on(t.holderId, t.openedAt),
    index('key_procedure_open_idx').on(t.closedAt, t.dueOn),
    uniqueIndex('key_procedure_one_open')
      .on(t.holderId, t.kind)
      .where(sql`closed_at is null`),
  ],
)

/** Meeting at which keys are handed over to newly appointed holders. */
export const handOverSession = pgTable(
  'hand_over_session',
  {
    id: uuid('id').primaryKey(),
    academie: text('academie').notNull(),
    heldOn: date('held_on').notNull(),
    startsAt: text('starts_at'),
    place: text('place').notNull(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (t) => [index('hand_over_session_idx').on(t.academie, t.heldOn)],
)

export const handOverGuest = pgTable(
  'hand_over_guest',
  {
    sessionId: uuid('session_id')
      .notNull()
      .references(() => handOverSession.id),
    holderId: uuid('holder_id')
      .notNull()
      .references(() => otpHolder.id),
    procedureId: uuid('procedure_id'),
    convokedAt: instant('convoked_at'),
  },
  (t) => [
    primaryKey({ columns: [t.sessionId, t.holderId] }),
    index('hand_over_guest_holder_idx').on(t.holderId),
  ],
)

export type BordereauKind =
  | 'recapitulatif_expedition'
  | 'recapitulatif_remise'
  | 'remise_directeur'
  | 'remise_mairie'
  | 'restitution_directeur'
  | 'restitution_mairie'
  | 'recapitulatif_restitution'

/** A numbered slip as it was printed; never changed. */
export const bordereau = pgTable(
  'bordereau',
  {
    id: uuid('id').primaryKey(),
    number: text('number').notNull().unique(),
    kind: text('kind').$type<BordereauKind>().notNull(),
    academie: text('academie').notNull(),
    departement: text('departement'),
    circonscription: text('circonscription'),
    uai: text('uai'),
    holderId: uuid('holder_id'),
    keyIds: uuid('key_ids').array().notNull(),
    pdf: bytes('pdf').notNull(),
    sha256: text('sha256').notNull(),
    createdAt: instant('created_at').notNull(),
    createdBy: text('created_by').notNull(),
  },
  (t) => [
    index('bordereau_holder_idx').on(t.holderId, t.createdAt),
    index('bordereau_place_idx').on(t.academie, t.departement, t.createdAt),
  ],
)

/** Last number given, per kind of series. */
export const bordereauSeries = pgTable('bordereau_series', {
  series: text('series').primaryKey(),
  last: integer('last').notNull(),
})

/** Signed paper, scanned and attached to its slip. */
export const bordereauScan = pgTable(
  'bordereau_scan',
  {
    id: uuid('id').primaryKey(),
    bordereauId: uuid('bordereau_id')
      .notNull()
      .references(() => bordereau.id),
    fileName: text('file_name').notNull(),
    mediaType: text('media_type').notNull(),
    content: bytes('content').notNull(),
    sha256: text('sha256').notNull(),
    signedOn: date('signed_on'),
    uploadedAt: instant('uploaded_at').notNull(),
    uploadedBy: text('uploaded_by').notNull(),
  },
  (t) => [uniqueIndex('bordereau_scan_unique').on(t.bordereauId, t.sha256)],
)

/** Figures of one Friday, frozen. */
export const weeklyReport = pgTable(
  'weekly_report',
  {
    academie: text('academie').notNull(),
    friday: date('friday').notNull(),
    departement: text('departement').notNull(),
    activated: integer('activated').notNull(),
    handedToDirecteurs: integer('handed_to_directeurs').notNull(),
    activatedByDirecteurs: integer('activated_by_directeurs').notNull(),
    countedAt: instant('counted_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.academie, t.friday, t.departement] })],
)

export const reportRecipient = pgTable(
  'report_recipient',
  {
    academie: text('academie').notNull(),
    mail: text('mail').notNull(),
    addedAt: instant('added_at').notNull(),
    addedBy: text('added_by').notNull(),
  },
  (t) => [primaryKey({ columns: [t.academie, t.mail] })],
)

/** Mail to send: written with what it tells, sent by a job. */
export const mailMessage = pgTable(
  'mail_message',
  {
    id: uuid('id').primaryKey(),
    academie: text('academie').notNull(),
    /** Says what the message is about, once: a second one is not written. */
    purpose: text('purpose').notNull().unique(),
    recipients: text('recipients').array().notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    createdAt: instant('created_at').notNull(),
    nextAttemptAt: instant('next_attempt_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** Set before the server is given the message: what happened next is unknown until `sentAt` or a refusal. */
    sendingAt: instant('sending_at'),
    sentAt: instant('sent_at'),
    lastError: text('last_error'),
    /** No attempt will follow: given up by the job (`closedBy` is `system`), or closed by a person. */
    closedAt: instant('closed_at'),
    closedBy: text('closed_by'),
  },
  (t) => [index('mail_message_due_idx').on(t.sentAt, t.nextAttemptAt)],
)
