import type { KeySnapshot } from '@vigie/collectors'
import { rowsOf } from '@vigie/db'
import { sql } from 'drizzle-orm'
import type { Deps } from '../../context.ts'
import { SOURCE_WINDOW_MINUTES } from '../otp/outcome.ts'

/** Counts for a scrape: no login, no serial, no address. */
export async function readKeySnapshot(deps: Deps): Promise<KeySnapshot> {
  const now = deps.clock.now()
  const today = now.toISOString().slice(0, 10)
  const since = new Date(now.getTime() - SOURCE_WINDOW_MINUTES * 60_000).toISOString()
  return deps.db.transact({ role: 'vigie_worker' }, async (tx) => {
    const keys = await tx.execute(
      sql`select coalesce(departement, '') as departement, state, count(*)::int as count from otp_key group by 1, 2`,
    )
    const expiring = await tx.execute(sql`
      select count(*) filter (where expires_on < ${today}::date + interval '3 months')::int as "3m", count(*)::int as "12m"
      from otp_key where expires_on < ${today}::date + interval '12 months'
        and state not in ('scrapped', 'lost', 'stolen', 'broken', 'revoked')`)
    const failures = await tx.execute(sql`
      select (select count(*)::int from otp_credential where fail_count > 0 and last_attempt_at >= ${since}::timestamptz) as logins,
        coalesce((select max(failures) from otp_source where window_started_at >= ${since}::timestamptz), 0)::int as source`)
    const [soon] = rowsOf<{ '3m': number; '12m': number }>(expiring)
    const [failing] = rowsOf<{ logins: number; source: number }>(failures)
    return {
      keys: rowsOf<{ departement: string; state: string; count: number }>(keys),
      expiring: { '3m': soon?.['3m'] ?? 0, '12m': soon?.['12m'] ?? 0 },
      failingLogins: failing?.logins ?? 0,
      maxFailuresPerSource: failing?.source ?? 0,
    }
  })
}
