import { rowsOf } from '@vigie/db'
import { sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { write } from '../../journal/write.ts'
import {
  added,
  BATCH_SIZE,
  evaluateBatch,
  evaluateDueBatch,
  NOTHING,
  type EvaluationReport,
} from './evaluate-batch.ts'

const WORKER = { role: 'vigie_worker' } as const

/**
 * Evaluates these establishments now, whatever their next date. An internal verb: who asks was checked by the verb that
 * calls it. Closed or unknown establishments are left as they are. Never call it inside a transaction.
 */
export async function evaluateEtablissements(
  ctx: Context,
  uais: readonly string[],
): Promise<EvaluationReport> {
  const distinct = [...new Set(uais)].toSorted()
  let report = NOTHING
  for (let start = 0; start < distinct.length; start += BATCH_SIZE) {
    const batch = distinct.slice(start, start + BATCH_SIZE)
    report = added(report, await write(ctx, WORKER, (tx) => evaluateBatch(tx, ctx, batch)))
  }
  return report
}

export interface Progress {
  readonly done: number
  readonly total: number
}

/** Evaluates every open establishment, batch by batch; `onProgress` is told after each. */
export async function evaluateAll(
  ctx: Context,
  options: { readonly onProgress?: (progress: Progress) => void } = {},
): Promise<EvaluationReport> {
  const total = await countOpen(ctx)
  let report = NOTHING
  let done = 0
  let after = ''
  for (;;) {
    const batch = await write(ctx, WORKER, async (tx) => {
      const result = await tx.execute(sql`
        select uai from etablissement where state = 'ouvert' and uai > ${after} order by uai limit ${BATCH_SIZE}`)
      const uais = rowsOf<{ uai: string }>(result).map(({ uai }) => uai)
      return { uais, report: await evaluateBatch(tx, ctx, uais) }
    })
    const last = batch.uais.at(-1)
    if (last === undefined) return report
    report = added(report, batch.report)
    after = last
    done += batch.uais.length
    options.onProgress?.({ done, total })
  }
}

async function countOpen(ctx: Context): Promise<number> {
  const result = await ctx.db.transact(WORKER, (tx) =>
    tx.execute(sql`select count(*)::int as total from etablissement where state = 'ouvert'`),
  )
  return rowsOf<{ total: number }>(result)[0]?.total ?? 0
}

/** Evaluates what is due, batch by batch, until nothing is left or `signal` aborts. Several processes may run it. */
export async function evaluateDue(ctx: Context, signal?: AbortSignal): Promise<EvaluationReport> {
  let report = NOTHING
  while (signal?.aborted !== true) {
    const batch = await write(ctx, WORKER, (tx) => evaluateDueBatch(tx, ctx))
    if (batch === null) break
    report = added(report, batch)
  }
  return report
}
