import { schema } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import type { StoredFile } from './file-headers.ts'
import { unaltered } from './stored-file.ts'

/** A scan as it was attached. Errors: `forbidden`, `not_found`, `internal` when it no longer matches its fingerprint. */
export async function downloadScan(ctx: Context, bordereauId: string, scanId: string): Promise<StoredFile> {
  const identity = authorise(ctx.actor, 'key:read')
  const { bordereauScan } = schema
  const [row] = await ctx.db.transact(identity, (tx) =>
    tx
      .select({
        fileName: bordereauScan.fileName,
        mediaType: bordereauScan.mediaType,
        content: bordereauScan.content,
        sha256: bordereauScan.sha256,
      })
      .from(bordereauScan)
      .where(and(eq(bordereauScan.id, scanId), eq(bordereauScan.bordereauId, bordereauId))),
  )
  if (!row) throw new AppError('not_found', 'Ce scan n’existe pas dans votre périmètre.')
  const content = unaltered(ctx, { ...row, what: 'bordereau_scan', id: scanId })
  return { fileName: row.fileName, mediaType: row.mediaType, content }
}
