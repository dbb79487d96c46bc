import { timingSafeEqual } from 'node:crypto'
import { hashSecret } from '../../access/secret.ts'

const sameToken = (given: string, expected: string) =>
  timingSafeEqual(Buffer.from(hashSecret(given), 'hex'), Buffer.from(hashSecret(expected), 'hex'))

/** In: the token of the configuration (null closes), the `Authorization` header. Out: whether it carries that token. */
export function bearerIsRight(expected: string | null, authorization: string | undefined): boolean {
  const given = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
  return expected !== null && given !== undefined && sameToken(given, expected)
}
