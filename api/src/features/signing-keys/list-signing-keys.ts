import { schema } from '@vigie/db'
import { desc, eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { recordSigner } from '../../secrets/record-signing.ts'
import { iso } from '../conformity/instants.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import type { SigningKeys } from './schema.ts'

/** Keys that sign, or signed, restore tests of an establishment. Errors: `unauthenticated`, `forbidden`, `not_found`. */
export async function listSigningKeys(ctx: Context, uai: string): Promise<SigningKeys> {
  const identity = authorise(ctx.actor, 'backup:read')
  const { signingKey } = schema
  return ctx.db.transact(identity, async (tx) => {
    await findEtablissement(tx, uai)
    const rows = await tx
      .select()
      .from(signingKey)
      .where(eq(signingKey.uai, uai))
      .orderBy(desc(signingKey.createdAt))
    const { id, publicKey } = recordSigner(ctx.config)
    return {
      own: { id, publicKey },
      rows: rows.map((row) => ({
        id: row.id,
        publicKey: row.publicKey,
        label: row.label,
        createdAt: row.createdAt.toISOString(),
        revokedAt: iso(row.revokedAt),
      })),
    }
  })
}
