import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import type { StoredFile } from './file-headers.ts'
import { unknownBordereau } from './read-bordereau.ts'
import { unaltered } from './stored-file.ts'

/** The slip as it was archived. Errors: `forbidden`, `not_found`, `internal` when it no longer matches its fingerprint. */
export async function downloadPdf(ctx: Context, id: string): Promise<StoredFile> {
  const identity = authorise(ctx.actor, 'key:read')
  const { bordereau } = schema
  const [row] = await ctx.db.transact(identity, (tx) =>
    tx
      .select({ number: bordereau.number, pdf: bordereau.pdf, sha256: bordereau.sha256 })
      .from(bordereau)
      .where(eq(bordereau.id, id)),
  )
  if (!row) throw unknownBordereau()
  return {
    fileName: `${row.number}.pdf`,
    mediaType: 'application/pdf',
    content: unaltered(ctx, { what: 'bordereau', id, content: row.pdf, sha256: row.sha256 }),
  }
}
