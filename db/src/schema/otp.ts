import {
  bigint,
  boolean,
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
import { account } from './access.ts'
import { bytes, instant } from './columns.ts'

export type OtpType = 'hotp' | 'totp'
export type OtpAlgorithm = 'SHA1' | 'SHA256' | 'SHA512'

/** States of a key's life; `rules/src/keys/life.ts` says which transition leads where. */
export type KeyState =
  | 'stock'
  | 'initialised'
  | 'handed_over'
  | 'active'
  | 'paused'
  | 'locked'
  | 'lost'
  | 'stolen'
  | 'broken'
  | 'revoked'
  | 'returned'
  | 'scrapped'

export type HolderFunction =
  'directeur_ecole' | 'mairie' | 'enseignant' | 'chef_etablissement' | 'ien' | 'personnel' | 'externe'

/**
 * Physical token, or software TOTP of one person. While it is bound, `departement`, `circonscription` and `uai` are its
 * holder's: they decide who sees it.
 */
export const otpKey = pgTable(
  'otp_key',
  {
    id: uuid('id').primaryKey(),
    serial: text('serial').notNull().unique(),
    kind: text('kind').$type<'hardware' | 'software'>().notNull(),
    manufacturer: text('manufacturer'),
    model: text('model'),
    manufacturedOn: date('manufactured_on'),
    /** Five years after manufacture; null when the date of manufacture is unknown. */
    expiresOn: date('expires_on'),
    unitPriceCents: integer('unit_price_cents').notNull(),
    academie: text('academie').notNull(),
    departement: text('departement'),
    circonscription: text('circonscription'),
    uai: text('uai'),
    state: text('state').$type<KeyState>().notNull(),
    stateSince: instant('state_since').notNull(),
    holderId: uuid('holder_id'),
    importId: uuid('import_id'),
    importedAt: instant('imported_at').notNull(),
  },
  (t) => [
    index('otp_key_stock_idx').on(t.academie, t.departement, t.state),
    index('otp_key_holder_idx').on(t.holderId),
    index('otp_key_circonscription_idx').on(t.circonscription),
    index('otp_key_uai_idx').on(t.uai),
    index('otp_key_expires_idx').on(t.expiresOn),
  ],
)

/** A named person, or the functional login of a mairie. */
export const otpHolder = pgTable(
  'otp_holder',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind').$type<'nominative' | 'mairie'>().notNull(),
    holderFunction: text('holder_function').$type<HolderFunction>().notNull(),
    /** Folded like an account's. For a mairie: INSEE code of the commune, and the order number. */
    login: text('login').notNull(),
    displayName: text('display_name').notNull(),
    mail: text('mail'),
    /** Known number that is dialled before a dangerous act. */
    callBackNumber: text('call_back_number'),
    company: text('company'),
    communeCode: text('commune_code'),
    orderNumber: integer('order_number'),
    academie: text('academie').notNull(),
    /** Null for who works for the whole académie. */
    departement: text('departement'),
    circonscription: text('circonscription'),
    uai: text('uai'),
    accountId: uuid('account_id').references(() => account.id),
    createdAt: instant('created_at').notNull(),
    /** Left for good: the row stays for the history of the key. */
    departedAt: instant('departed_at'),
    erasedAt: instant('erased_at'),
  },
  (t) => [
    uniqueIndex('otp_holder_login_unique').on(t.academie, t.login),
    uniqueIndex('otp_holder_account_unique').on(t.accountId),
    index('otp_holder_place_idx').on(t.academie, t.departement, t.circonscription),
    index('otp_holder_uai_idx').on(t.uai),
  ],
)

/** What computes the codes of a key: the sealed seed, and the counter that only grows. */
export const otpSecret = pgTable('otp_secret', {
  keyId: uuid('key_id')
    .primaryKey()
    .references(() => otpKey.id),
  type: text('type').$type<OtpType>().notNull(),
  algorithm: text('algorithm').$type<OtpAlgorithm>().notNull(),
  digits: integer('digits').notNull(),
  /** Seconds of a TOTP step; null for HOTP. */
  period: integer('period'),
  seedSealed: bytes('seed_sealed').notNull(),
  /** Names the master key that sealed the seed. */
  sealKeyId: text('seal_key_id').notNull(),
  /** Lowest counter (HOTP) or time step (TOTP) that is still accepted. */
  counter: bigint('counter', { mode: 'number' }).notNull(),
  /** Steps between the token's clock and ours (TOTP). */
  drift: integer('drift').notNull().default(0),
})

/** Seed shown to a person who adds Vigie to a phone; becomes a key when a code proves that it was copied. */
export const softwareEnrolment = pgTable('software_enrolment', {
  accountId: uuid('account_id')
    .primaryKey()
    .references(() => account.id),
  seedSealed: bytes('seed_sealed').notNull(),
  sealKeyId: text('seal_key_id').notNull(),
  startedAt: instant('started_at').notNull(),
})

/**
 * What verification reads and writes for one holder: one row, its budget of attempts included; no name. No index holds
 * what an attempt changes: the row is rewritten in its page, as fast as the decoy's.
 */
export const otpCredential = pgTable(
  'otp_credential',
  {
    holderId: uuid('holder_id')
      .primaryKey()
      .references(() => otpHolder.id),
    academie: text('academie').notNull(),
    login: text('login').notNull(),
    keyId: uuid('key_id').references(() => otpKey.id),
    /** True exactly while the key is active. */
    active: boolean('active').notNull(),
    pinMac: bytes('pin_mac'),
    pepperId: text('pepper_id'),
    failCount: integer('fail_count').notNull().default(0),
    pausedUntil: instant('paused_until'),
    /** Limited-time password of who forgot the key; dies with it. */
    temporaryMac: bytes('temporary_mac'),
    temporaryUntil: instant('temporary_until'),
    lastAttemptAt: instant('last_attempt_at'),
    lastAcceptedAt: instant('last_accepted_at'),
  },
  (t) => [
    uniqueIndex('otp_credential_login_unique').on(t.academie, t.login),
    uniqueIndex('otp_credential_key_unique').on(t.keyId),
  ],
)

/** Failures of one source of verifications; the source is kept as a keyed hash. */
export const otpSource = pgTable(
  'otp_source',
  {
    source: text('source').primaryKey(),
    /** Service account that relayed, or `sign_in`: what the live page may say of it. */
    relay: text('relay'),
    academie: text('academie'),
    failures: integer('failures').notNull(),
    windowStartedAt: instant('window_started_at').notNull(),
    blockedUntil: instant('blocked_until'),
    /** When the slower limit has forgotten every failure: each moves it further. */
    forgottenAt: instant('forgotten_at'),
  },
  (t) => [index('otp_source_window_idx').on(t.windowStartedAt)],
)

/** Answer kept for a retransmission: one row per idempotency key of one relying application. */
export const otpAnswer = pgTable(
  'otp_answer',
  {
    tokenId: uuid('token_id').notNull(),
    idempotencyKey: text('idempotency_key').notNull(),
    /** Keyed hash of what was sent: the same key with other content is refused. */
    fingerprint: text('fingerprint').notNull(),
    /** Null until the verification has ended. */
    accepted: boolean('accepted'),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tokenId, t.idempotencyKey] }),
    index('otp_answer_expires_idx').on(t.expiresAt),
  ],
)

/** Written in place of a holder's row when there is none to write: every refusal costs one durable commit. */
export const otpDecoy = pgTable('otp_decoy', {
  slot: integer('slot').primaryKey(),
  writes: bigint('writes', { mode: 'number' }).notNull(),
})

/** Every change of a key's state, and nothing else changes it. */
export const keyTransition = pgTable(
  'key_transition',
  {
    id: uuid('id').primaryKey(),
    keyId: uuid('key_id')
      .notNull()
      .references(() => otpKey.id),
    holderId: uuid('holder_id'),
    transition: text('transition').notNull(),
    fromState: text('from_state').$type<KeyState>(),
    toState: text('to_state').$type<KeyState>().notNull(),
    at: instant('at').notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id').notNull(),
    /** Words of the person who acted, or the machine's reason. */
    reason: text('reason'),
    /** When the known number was dialled and answered. */
    calledBackAt: instant('called_back_at'),
    bordereauId: uuid('bordereau_id'),
    procedureId: uuid('procedure_id'),
    details: jsonb('details').$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [
    index('key_transition_key_idx').on(t.keyId, t.at),
    index('key_transition_holder_idx').on(t.holderId, t.at),
  ],
)
