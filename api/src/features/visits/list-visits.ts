import { schema } from '@vigie/db'
import { desc, eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import type { VisitSummary } from './schema.ts'
import { presentSummaries, summaryRows } from './summarise-visits.ts'

const MOST = 100

/** Visits of an establishment, the newest first. Errors: `forbidden`, `not_found`. */
export async function listVisits(ctx: Context, text: string): Promise<{ rows: VisitSummary[] }> {
  const identity = authorise(ctx.actor, 'campaign:read')
  const rows = await ctx.db.transact(identity, async (tx) => {
    const { uai } = await findEtablissement(tx, text)
    const found = await tx
      .select({ id: schema.visit.id })
      .from(schema.visit)
      .where(eq(schema.visit.uai, uai))
      .orderBy(desc(schema.visit.visitedOn))
      .limit(MOST)
    return summaryRows(
      tx,
      found.map(({ id }) => id),
    )
  })
  return { rows: await presentSummaries(ctx, rows) }
}
