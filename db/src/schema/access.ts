import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

export type Role =
  | 'rssi'
  | 'aqssi'
  | 'diaser'
  | 'osp'
  | 'ien'
  | 'chef_etablissement'
  | 'directeur_ecole'
  | 'referent'
  | 'assistance'
  | 'collectivite'
  | 'comite'
  | 'porteur'

export type PerimeterKind =
  'academie' | 'departement' | 'circonscription' | 'bassin' | 'collectivite' | 'etablissement'

/** One scope each, as the design gives service accounts. */
export type TokenScope = 'evidence:write' | 'metrics:read' | 'conformity:read' | 'otp:verify' | 'alert:push'

export const account = pgTable('account', {
  id: uuid('id').primaryKey(),
  /** Stored folded (NFKC, lower case, trimmed). */
  login: text('login').notNull().unique(),
  displayName: text('display_name').notNull(),
  passwordHash: text('password_hash').notNull(),
  demonstration: boolean('demonstration').notNull().default(false),
  disabledAt: instant('disabled_at'),
  failedCount: integer('failed_count').notNull().default(0),
  lockedUntil: instant('locked_until'),
  /** Sign-in before the current one: what changed since is shown at sign-in. */
  lastVisitAt: instant('last_visit_at'),
  signedInAt: instant('signed_in_at'),
  createdAt: instant('created_at').notNull(),
})

export const roleGrant = pgTable(
  'role_grant',
  {
    id: uuid('id').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    role: text('role').$type<Role>().notNull(),
    perimeterKind: text('perimeter_kind').$type<PerimeterKind>().notNull(),
    perimeterCode: text('perimeter_code').notNull(),
  },
  (t) => [uniqueIndex('role_grant_unique').on(t.accountId, t.role, t.perimeterKind, t.perimeterCode)],
)

export const session = pgTable(
  'session',
  {
    /** SHA-256 of the cookie's value, hex. */
    tokenHash: text('token_hash').primaryKey(),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    createdAt: instant('created_at').notNull(),
    rotatedAt: instant('rotated_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    /** What the person proved; `password` waits for a code when the account needs one. */
    strength: text('strength').$type<'password' | 'otp'>().notNull().default('password'),
    /** Set on rotation: the old value still answers for a few seconds to requests under way. */
    supersededAt: instant('superseded_at'),
  },
  (t) => [index('session_account_idx').on(t.accountId), index('session_expires_idx').on(t.expiresAt)],
)

/** Failures of one source of sign-ins; the address is kept as a keyed hash and forgotten after a day. */
export const signInSource = pgTable(
  'sign_in_source',
  {
    source: text('source').primaryKey(),
    failedCount: integer('failed_count').notNull(),
    lockedUntil: instant('locked_until'),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [index('sign_in_source_updated_idx').on(t.updatedAt)],
)

export const apiToken = pgTable('api_token', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  tokenHash: text('token_hash').notNull().unique(),
  scope: text('scope').$type<TokenScope>().notNull(),
  perimeterKind: text('perimeter_kind').$type<PerimeterKind>().notNull(),
  perimeterCode: text('perimeter_code').notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at'),
  revokedAt: instant('revoked_at'),
})

/** HTTP Basic credentials of the inventory agents of one establishment; the secret is machine-made (160 bits). */
export const collectorAccount = pgTable('collector_account', {
  id: uuid('id').primaryKey(),
  uai: text('uai').notNull(),
  login: text('login').notNull().unique(),
  secretHash: text('secret_hash').notNull(),
  options: jsonb('options').$type<Record<string, string>>().notNull().default({}),
  createdAt: instant('created_at').notNull(),
  revokedAt: instant('revoked_at'),
})
