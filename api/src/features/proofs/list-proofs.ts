import { schema } from '@vigie/db'
import { and, count, desc, eq, not } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import { isUnattached, presentProofs, withCitations } from './present-proof.ts'
import type { ListQuery, ProofList } from './schema.ts'

const { proof } = schema

/** The proofs of an establishment, newest first. Errors: `forbidden`, `not_found`. */
export async function listProofs(ctx: Context, uai: string, query: ListQuery): Promise<ProofList> {
  const identity = authorise(ctx.actor, 'proof:read')
  const { total, rows } = await ctx.db.transact(identity, async (tx) => {
    const place = await findEtablissement(tx, uai)
    const wanted = and(
      eq(proof.uai, place.uai),
      query.attached === undefined ? undefined : query.attached === 'true' ? not(isUnattached) : isUnattached,
    )
    const [counted] = await tx.select({ total: count() }).from(proof).where(wanted)
    const found = await tx
      .select()
      .from(proof)
      .where(wanted)
      .orderBy(desc(proof.uploadedAt), desc(proof.id))
      .limit(query.pageSize)
      .offset((query.page - 1) * query.pageSize)
    return { total: counted?.total ?? 0, rows: await withCitations(tx, found) }
  })
  return { total, page: query.page, pageSize: query.pageSize, rows: await presentProofs(ctx, rows) }
}
