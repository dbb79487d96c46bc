import { rowsOf } from '@vigie/db'
import { sql } from 'drizzle-orm'
import { evaluateDue } from '../features/evaluation/evaluate-etablissements.ts'
import type { Job } from './job.ts'

/**
 * Evaluates what evidence has just moved, and what went stale. The row of `evaluation_due`, written with the evidence,
 * is the request: it cannot be lost, and a thousand observations make one job.
 */
export const evaluateDueJob: Job = {
  name: 'evaluate-due',
  cron: '* * * * *',
  expireInSeconds: 600,
  isWanted: async (ctx) => {
    const result = await ctx.db.transact({ role: 'vigie_worker' }, (tx) =>
      tx.execute(
        sql`select 1 from evaluation_due where due_at <= ${ctx.clock.now().toISOString()}::timestamptz limit 1`,
      ),
    )
    return rowsOf(result).length > 0
  },
  run: async (ctx, signal) => {
    await evaluateDue(ctx, signal)
  },
}
