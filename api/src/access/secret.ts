import { createHash } from 'node:crypto'
import type { Random } from '../context.ts'

/** Secrets made by the machine carry enough bits that a fast hash protects them. */
export const hashSecret = (secret: string): string =>
  createHash('sha256').update(secret, 'utf8').digest('hex')

/** A secret of `bytes` random bytes, in base64url. */
export const mintSecret = (random: Random, bytes = 32): string =>
  Buffer.from(random.bytes(bytes)).toString('base64url')
