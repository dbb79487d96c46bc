import { schema } from '@vigie/db'
import { and, eq, inArray, isNull, or } from 'drizzle-orm'
import type { PeerCertificate } from 'node:tls'
import type { Context } from '../context.ts'

const WORKER = { role: 'vigie_worker' } as const
/** Names of one certificate that are looked up. */
const NAMES_READ = 20

/** SHA-256 of a certificate, in lower-case hexadecimal. */
export const fingerprintOf = (certificate: PeerCertificate): string =>
  certificate.fingerprint256.replaceAll(':', '').toLowerCase()

function namesOf(certificate: PeerCertificate): string[] {
  const { CN } = certificate.subject ?? {}
  const alternative = (certificate.subjectaltname ?? '')
    .split(', ')
    .flatMap((entry) => (entry.startsWith('DNS:') ? [entry.slice(4)] : []))
  return [...new Set([CN].flat().concat(alternative))]
    .filter((name) => name !== undefined && name !== '')
    .slice(0, NAMES_READ)
    .map((name) => String(name).toLowerCase())
}

/** In: the certificate of a peer, signed by the configured authority. Out: the source that it stands for, or null. */
export async function findSource(ctx: Context, certificate: PeerCertificate): Promise<string | null> {
  const { logSource } = schema
  const names = namesOf(certificate)
  const rows = await ctx.db.transact(WORKER, (tx) =>
    tx
      .select({ id: logSource.id, fingerprint: logSource.fingerprint })
      .from(logSource)
      .where(
        and(
          isNull(logSource.disabledAt),
          or(
            eq(logSource.fingerprint, fingerprintOf(certificate)),
            names.length > 0 ? inArray(logSource.certificateName, names) : undefined,
          ),
        ),
      ),
  )
  const found = rows.find(({ fingerprint }) => fingerprint !== null) ?? rows[0]
  return found?.id ?? null
}
