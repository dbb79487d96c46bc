import { schema, type Tx } from '@vigie/db'
import { inArray } from 'drizzle-orm'
import { authorise, may } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { keptAcademie } from '../key-stock/place.ts'
import { DEFAULT_RANGE, type Range } from './retention.ts'
import type { RetentionRange } from './schema.ts'

/** Ranges that académies decided; one that is absent has the range by default. */
export async function rangesOf(tx: Tx, academies: readonly string[]): Promise<ReadonlyMap<string, Range>> {
  const wanted = [...new Set(academies)]
  if (wanted.length === 0) return new Map()
  const { logRetentionRange } = schema
  const rows = await tx.select().from(logRetentionRange).where(inArray(logRetentionRange.academie, wanted))
  return new Map(rows.map((row) => [row.academie, row]))
}

/** The legal range of retention of an académie. Errors: `forbidden`, `not_found`. */
export async function readRetentionRange(ctx: Context, code: string): Promise<RetentionRange> {
  const identity = authorise(ctx.actor, 'log_source:manage')
  const academie = keptAcademie(identity, code)
  const { logRetentionRange } = schema
  const rows = await ctx.db.transact(identity, (tx) =>
    tx
      .select()
      .from(logRetentionRange)
      .where(inArray(logRetentionRange.academie, [academie])),
  )
  const { shortestDays, longestDays } = rows[0] ?? DEFAULT_RANGE
  return {
    ...{ academie, shortestDays, longestDays },
    decidedOn: rows[0]?.decidedOn ?? null,
    canDecide: may(ctx.actor, 'log_retention:decide'),
  }
}
