import { schema } from '@vigie/db'
import { desc, eq } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import { presentDerogation } from './present.ts'
import type { DerogationAnswer } from './schema.ts'

/** Every derogation that an establishment asked for, newest first. Errors: `forbidden`, `not_found`. */
export async function listDerogations(
  ctx: Context,
  target: { uai: string },
): Promise<{ rows: DerogationAnswer[] }> {
  const identity = authorise(ctx.actor, 'conformity:read')
  const now = ctx.clock.now()
  return ctx.db.transact(identity, async (tx) => {
    const { uai } = await findEtablissement(tx, target.uai.trim().toUpperCase())
    const rows = await tx
      .select()
      .from(schema.derogation)
      .where(eq(schema.derogation.uai, uai))
      .orderBy(desc(schema.derogation.requestedAt))
    return { rows: rows.map((row) => presentDerogation(row, now)) }
  })
}
