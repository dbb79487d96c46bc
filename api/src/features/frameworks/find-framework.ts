import { schema, type Tx } from '@vigie/db'
import { asc, eq, sql } from 'drizzle-orm'
import { AppError } from '../../errors.ts'
import { BUILTIN_FRAMEWORKS } from './builtin-frameworks.ts'
import { summaryOf, type KnownFramework } from './known-framework.ts'

const { framework, frameworkControl, frameworkMapping } = schema

/** Figures of every framework, in one statement: those that come with Vigie, then the imported ones by title. */
export async function allSummaries(tx: Tx) {
  const rows = await tx
    .select({
      id: framework.id,
      title: framework.title,
      version: framework.version,
      academie: framework.academie,
      importedAt: framework.importedAt,
      controls: sql<number>`(select count(*)::int from framework_control c where c.framework_id = framework.id)`,
      mapped: sql<number>`(select count(distinct m.control)::int from framework_mapping m where m.framework_id = framework.id)`,
    })
    .from(framework)
    .orderBy(asc(framework.title))
  return [
    ...BUILTIN_FRAMEWORKS.map(summaryOf),
    ...rows.map((row) => ({
      ...row,
      origin: 'imported' as const,
      importedAt: row.importedAt.toISOString(),
    })),
  ]
}

/** Errors: `not_found`. */
export async function findFramework(tx: Tx, id: string): Promise<KnownFramework> {
  const builtin = BUILTIN_FRAMEWORKS.find((known) => known.id === id)
  return builtin ?? withControls(tx, await findImported(tx, id))
}

/** Row of an imported framework. Errors: `not_found`; `conflict` for one that comes with Vigie. */
export async function findImported(tx: Tx, id: string) {
  if (BUILTIN_FRAMEWORKS.some((known) => known.id === id)) {
    throw new AppError('conflict', 'Ce référentiel est livré avec Vigie : il ne se modifie pas.')
  }
  const [row] = await tx.select().from(framework).where(eq(framework.id, id))
  if (!row) throw new AppError('not_found', 'Ce référentiel n’existe pas.')
  return row
}

async function withControls(tx: Tx, row: typeof framework.$inferSelect): Promise<KnownFramework> {
  const controls = await tx
    .select()
    .from(frameworkControl)
    .where(eq(frameworkControl.frameworkId, row.id))
    .orderBy(asc(frameworkControl.position))
  const pairs = await tx
    .select()
    .from(frameworkMapping)
    .where(eq(frameworkMapping.frameworkId, row.id))
    .orderBy(asc(frameworkMapping.requirement))
  const byControl = Map.groupBy(pairs, ({ control }) => control)
  return {
    ...{ id: row.id, title: row.title, version: row.version, academie: row.academie },
    origin: 'imported',
    importedAt: row.importedAt,
    uuid: row.catalogUuid,
    controls: controls.map(({ control, group, title, statement }) => ({
      ...{ id: control, group, title, statement },
      requirements: (byControl.get(control) ?? []).map(({ requirement }) => requirement),
    })),
  }
}
