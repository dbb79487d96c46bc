import { createHash } from 'node:crypto'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'

/** SHA-256 of bytes, in lower-case hexadecimal. */
export const fingerprint = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')

/**
 * In: stored bytes and the fingerprint that was archived with them. Out: the bytes. Errors: `internal`, logged, when
 * they no longer agree: nothing that was altered leaves.
 */
export function unaltered(
  ctx: Context,
  stored: {
    readonly what: string
    readonly id: string
    readonly content: Uint8Array
    readonly sha256: string
  },
): Uint8Array<ArrayBuffer> {
  const content = new Uint8Array(stored.content)
  const found = fingerprint(content)
  if (found === stored.sha256) return content
  ctx.log.error(
    { what: stored.what, id: stored.id, archived: stored.sha256, found },
    'stored file does not match its fingerprint',
  )
  throw new AppError(
    'internal',
    'Ce document ne correspond plus à l’empreinte archivée avec lui : il n’est pas remis. Prévenez la division informatique.',
  )
}
