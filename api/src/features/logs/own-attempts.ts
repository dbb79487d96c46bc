import { rowsOf } from '@vigie/db'
import { sql } from 'drizzle-orm'
import type { Context } from '../../context.ts'
import { WINDOW_DAYS } from './log-figures.ts'

/**
 * Verifications of codes over the week, by establishment of their holder: each is journalled as it is answered. In: one
 * establishment, or all. Counts only leave the journal, which the owner alone reads. Opens its own transaction.
 */
export async function ownAttempts(ctx: Context, uai: string | null): Promise<ReadonlyMap<string, number>> {
  const now = ctx.clock.now()
  const since = new Date(now.getTime() - WINDOW_DAYS * 86_400_000).toISOString()
  const found = await ctx.db.asOwner((tx) =>
    tx.execute(sql`
      select h.uai, count(*)::int as attempts from journal_entry j
      join otp_holder h on h.id::text = j.subject_id
      join etablissement e on e.uai = h.uai
      where j.at >= ${since}::timestamptz and j.at <= ${now.toISOString()}::timestamptz
        and j.action in ('otp.accepted', 'otp.rejected') and j.subject_kind = 'holder' and e.state = 'ouvert'
        and (${uai}::text is null or h.uai = ${uai}::text)
      group by h.uai`),
  )
  return new Map(rowsOf<{ uai: string; attempts: number }>(found).map((row) => [row.uai, row.attempts]))
}
