import type { schema } from '@vigie/db'
import type { ImportReport } from './schema.ts'

/** In: a stored import, names of accounts. Out: what the caller reads of it. */
export const presentImport = (
  row: typeof schema.keyImport.$inferSelect,
  names: ReadonlyMap<string, string>,
): ImportReport => ({
  ...row,
  importedAt: row.importedAt.toISOString(),
  importedBy: names.get(row.importedBy) ?? 'Vigie',
})
