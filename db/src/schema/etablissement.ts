import {
  bigserial,
  date,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

export type EtablissementType =
  | 'ecole_maternelle'
  | 'ecole_elementaire'
  | 'ecole_primaire'
  | 'college'
  | 'lycee_general_technologique'
  | 'lycee_professionnel'
  | 'lycee_polyvalent'
  | 'erea'

/** Collectivité codes carry their kind: `commune:34172`, `departement:034`, `region:76`. */
export const etablissement = pgTable(
  'etablissement',
  {
    uai: text('uai').primaryKey(),
    name: text('name').notNull(),
    type: text('type').$type<EtablissementType>().notNull(),
    degree: text('degree').$type<'d1' | 'd2'>().notNull(),
    sector: text('sector').$type<'public' | 'prive'>().notNull(),
    communeCode: text('commune_code').notNull(),
    commune: text('commune').notNull(),
    departement: text('departement').notNull(),
    academie: text('academie').notNull(),
    region: text('region').notNull(),
    circonscription: text('circonscription'),
    circonscriptionName: text('circonscription_name'),
    bassin: text('bassin'),
    bassinName: text('bassin_name'),
    collectivite: text('collectivite').notNull(),
    pupils: integer('pupils'),
    latitude: doublePrecision('latitude'),
    longitude: doublePrecision('longitude'),
    openedOn: date('opened_on'),
    closedOn: date('closed_on'),
    state: text('state').$type<'ouvert' | 'ferme'>().notNull(),
    motherUai: text('mother_uai'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    index('etablissement_academie_idx').on(t.academie, t.state, t.departement),
    index('etablissement_collectivite_idx').on(t.collectivite),
    index('etablissement_circonscription_idx').on(t.circonscription),
    index('etablissement_bassin_idx').on(t.bassin),
  ],
)

export const annuaireImport = pgTable('annuaire_import', {
  id: uuid('id').primaryKey(),
  fileName: text('file_name').notNull(),
  sha256: text('sha256').notNull(),
  startedAt: instant('started_at').notNull(),
  finishedAt: instant('finished_at').notNull(),
  rows: integer('rows').notNull(),
  created: integer('created').notNull(),
  updated: integer('updated').notNull(),
  unchanged: integer('unchanged').notNull(),
  closed: integer('closed').notNull(),
  reopened: integer('reopened').notNull(),
  refused: integer('refused').notNull(),
})

export const annuaireRefusal = pgTable(
  'annuaire_refusal',
  {
    importId: uuid('import_id')
      .notNull()
      .references(() => annuaireImport.id),
    id: bigserial('id', { mode: 'number' }).notNull(),
    line: integer('line').notNull(),
    field: text('field').notNull(),
    reason: text('reason').notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.id] })],
)

/** Departures of one académie from the default sharing of responsibilities. */
export const sharingOverride = pgTable(
  'sharing_override',
  {
    academie: text('academie').notNull(),
    degree: text('degree').$type<'d1' | 'd2'>().notNull(),
    requirement: text('requirement').notNull(),
    party: text('party').$type<'etablissement' | 'collectivite' | 'academie'>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.academie, t.degree, t.requirement] })],
)
