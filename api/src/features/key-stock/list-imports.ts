import { schema } from '@vigie/db'
import { desc } from 'drizzle-orm'
import { authorise } from '../../access/index.ts'
import type { Context } from '../../context.ts'
import { accountNames } from './account-names.ts'
import { presentImport } from './present-import.ts'
import type { ImportReport } from './schema.ts'

const SHOWN = 100

/** The latest imports of the caller's académies, newest first. Errors: `forbidden`. */
export async function listImports(ctx: Context): Promise<ImportReport[]> {
  const { keyImport } = schema
  const rows = await ctx.db.transact(authorise(ctx.actor, 'key:stock'), (tx) =>
    tx.select().from(keyImport).orderBy(desc(keyImport.importedAt), desc(keyImport.id)).limit(SHOWN),
  )
  const names = await accountNames(
    ctx,
    rows.map(({ importedBy }) => importedBy),
  )
  return rows.map((row) => presentImport(row, names))
}
