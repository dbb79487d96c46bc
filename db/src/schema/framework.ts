import { index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** A framework brought in beside CARINE, from an OSCAL catalog. */
export const framework = pgTable('framework', {
  /** Short name in lower case, as it stands in addresses. */
  id: text('id').primaryKey(),
  /** Académie that brought it in, and alone may change it; everyone reads it. */
  academie: text('academie').notNull(),
  title: text('title').notNull(),
  version: text('version').notNull(),
  /** UUID of the OSCAL catalog. */
  catalogUuid: text('catalog_uuid').notNull(),
  sha256: text('sha256').notNull(),
  importedAt: instant('imported_at').notNull(),
  importedBy: uuid('imported_by').notNull(),
})

export const frameworkControl = pgTable(
  'framework_control',
  {
    frameworkId: text('framework_id').notNull(),
    control: text('control').notNull(),
    position: integer('position').notNull(),
    group: text('group').notNull(),
    title: text('title').notNull(),
    statement: text('statement').notNull(),
    props: jsonb('props').$type<Record<string, string>>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.frameworkId, t.control] })],
)

/** A control is read through the CARINE requirements that answer it. */
export const frameworkMapping = pgTable(
  'framework_mapping',
  {
    frameworkId: text('framework_id').notNull(),
    control: text('control').notNull(),
    requirement: text('requirement').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.frameworkId, t.control, t.requirement] }),
    index('framework_mapping_requirement_idx').on(t.requirement),
  ],
)
