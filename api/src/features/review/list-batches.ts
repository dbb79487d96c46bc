import { schema } from '@vigie/db'
import { count, desc, inArray } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import type { Batches } from './schema.ts'

const { account, reviewBatch } = schema

/** Batches of decisions of the académie, newest first. Errors: `unauthenticated`, `forbidden`. */
export async function listBatches(
  ctx: Context,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<Batches> {
  const identity = authorise(ctx.actor, 'review:read')
  const { total, rows } = await ctx.db.transact(identity, async (tx) => {
    const [counted] = await tx.select({ total: count() }).from(reviewBatch)
    const found = await tx
      .select()
      .from(reviewBatch)
      .orderBy(desc(reviewBatch.decidedAt), desc(reviewBatch.id))
      .limit(pageSize)
      .offset((page - 1) * pageSize)
    return { total: counted?.total ?? 0, rows: found }
  })
  const names = await namesOf(
    ctx,
    rows.map(({ decidedBy }) => decidedBy),
  )
  return {
    ...{ total, page, pageSize },
    rows: rows.map((row) => ({
      ...{ id: row.id, kind: row.kind, reason: row.reason, decisions: row.decisions },
      decidedAt: row.decidedAt.toISOString(),
      decidedBy: names.get(row.decidedBy) ?? null,
      undoneAt: row.undoneAt?.toISOString() ?? null,
    })),
  }
}

async function namesOf(ctx: Context, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await ctx.db.transact({ role: 'vigie_auth' }, (tx) =>
    tx
      .select({ id: account.id, name: account.displayName })
      .from(account)
      .where(inArray(account.id, [...new Set(ids)])),
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}
