import { schema } from '@vigie/db'
import { desc } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import { coveredPerimeters } from '../../access/covered-perimeters.ts'
import type { Context } from '../../context.ts'

/** Service accounts of the caller's perimeters, newest first; never their token. */
export async function listTokens(ctx: Context) {
  const covered = await coveredPerimeters(ctx, authorise(ctx.actor, 'access:manage'))
  const rows = await ctx.db.transact({ role: 'vigie_auth' }, (tx) =>
    tx.select().from(schema.apiToken).orderBy(desc(schema.apiToken.createdAt)),
  )
  return rows
    .map((row) => ({
      id: row.id,
      name: row.name,
      scope: row.scope,
      perimeter: { kind: row.perimeterKind, code: row.perimeterCode },
      createdAt: row.createdAt.toISOString(),
      expiresAt: row.expiresAt?.toISOString() ?? null,
      revokedAt: row.revokedAt?.toISOString() ?? null,
    }))
    .filter((row) => covered.covers(row.perimeter))
}
