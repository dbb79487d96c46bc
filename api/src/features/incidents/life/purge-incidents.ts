import { rowsOf } from '@vigie/db'
import { sql } from 'drizzle-orm'
import type { Context } from '../../../context.ts'
import { record } from '../../../journal/record.ts'
import { write } from '../../../journal/write.ts'

/** Forgets the incidents resolved longer ago than the months set, with their history. Out: how many. */
export async function purgeIncidents(ctx: Context): Promise<number> {
  const months = ctx.config.incidentRetentionMonths
  const now = ctx.clock.now().toISOString()
  return write(ctx, { role: 'vigie_worker' }, async (tx) => {
    const result = await tx.execute(sql`
      with gone as (
        delete from incident where state = 'resolved'
          and resolved_at < ${now}::timestamptz - make_interval(months => ${months}::int) returning 1
      )
      select count(*)::int as removed from gone`)
    const removed = rowsOf<{ removed: number }>(result)[0]?.removed ?? 0
    if (removed > 0)
      await record(tx, ctx, {
        action: 'incident.purge',
        subject: { kind: 'incident', id: now },
        details: { removed, months },
      })
    return removed
  })
}
