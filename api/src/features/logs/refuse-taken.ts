import { schema } from '@vigie/db'
import { and, eq, ne, or } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'

/**
 * Refuses an identity that another source has, wherever it is: one certificate speaks for one machine. Opens its own
 * transaction; the unique indexes hold what happens in between. Errors: `conflict`.
 */
export async function refuseTaken(
  ctx: Context,
  identity: { readonly fingerprint: string | null; readonly certificateName: string | null },
  except: string | null = null,
): Promise<void> {
  const { logSource } = schema
  const { fingerprint, certificateName } = identity
  const same = or(
    fingerprint === null ? undefined : eq(logSource.fingerprint, fingerprint),
    certificateName === null ? undefined : eq(logSource.certificateName, certificateName),
  )
  if (!same) return
  const [taken] = await ctx.db.transact({ role: 'vigie_worker' }, (tx) =>
    tx
      .select({ id: logSource.id })
      .from(logSource)
      .where(and(same, except === null ? undefined : ne(logSource.id, except)))
      .limit(1),
  )
  if (taken)
    throw new AppError(
      'conflict',
      'Ce certificat désigne déjà une autre source. Donnez à chaque machine le sien, ou corrigez l’autre source.',
    )
}
