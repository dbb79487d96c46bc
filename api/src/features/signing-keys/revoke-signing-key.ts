import { schema } from '@vigie/db'
import { and, eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { AppError } from '../../errors.ts'
import { record } from '../../journal/record.ts'
import { write } from '../../journal/write.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'

/**
 * The key signs nothing more; what it signed before stays. Errors: `unauthenticated`, `forbidden`, `not_found`.
 */
export async function revokeSigningKey(ctx: Context, uai: string, id: string): Promise<void> {
  const identity = authorise(ctx.actor, 'signing_key:manage')
  const { signingKey } = schema
  const theKey = and(eq(signingKey.id, id), eq(signingKey.uai, uai))
  await write(ctx, identity, async (tx) => {
    await findEtablissement(tx, uai)
    const [key] = await tx.select().from(signingKey).where(theKey)
    if (!key) throw new AppError('not_found', 'Cette clé n’existe pas dans cet établissement.')
    if (key.revokedAt) return
    await tx.update(signingKey).set({ revokedAt: ctx.clock.now() }).where(theKey)
    await record(tx, ctx, { action: 'signing_key.revoke', subject: { kind: 'signing_key', id }, uai })
  })
}
