import { schema } from '@vigie/db'
import { eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { fileHeaders, type StoredFile } from '../bordereaux/file-headers.ts'
import { unaltered } from '../bordereaux/stored-file.ts'
import { unknownProof } from './present-proof.ts'

const { proof, proofContent } = schema

/**
 * A proof as it was sent; who took it is journalled. Errors: `forbidden`, `not_found`, `internal` when it no longer
 * matches its fingerprint.
 */
export async function downloadProof(ctx: Context, id: string): Promise<StoredFile> {
  const identity = authorise(ctx.actor, 'proof:read')
  const row = await write(ctx, identity, async (tx) => {
    const [found] = await tx
      .select({
        uai: proof.uai,
        fileName: proof.fileName,
        mediaType: proof.mediaType,
        sha256: proof.sha256,
        content: proofContent.content,
      })
      .from(proof)
      .innerJoin(proofContent, eq(proofContent.proofId, proof.id))
      .where(eq(proof.id, id))
    if (!found) throw unknownProof()
    await record(tx, ctx, { action: 'proof.download', subject: { kind: 'proof', id }, uai: found.uai })
    return found
  })
  return { ...row, content: unaltered(ctx, { ...row, what: 'proof', id }) }
}

/** Headers under which no browser shows or runs the content, whatever it holds. */
export const proofHeaders = (file: StoredFile): Record<string, string> => ({
  ...fileHeaders(file),
  'Content-Type': file.mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : file.mediaType,
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
})
