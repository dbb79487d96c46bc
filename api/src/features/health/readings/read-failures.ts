import { FAILURE_WINDOWS, type FailureReading } from '@vigie/collectors'
import { rowsOf, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'
import { SOURCE_WINDOW_MINUTES } from '../../otp/outcome.ts'

type Row = FailureReading['failingLogins'] & { readonly source: number }

/** Failures of holders and of sources, now: no login, no address. */
export async function readFailures(tx: Tx, now: Date): Promise<FailureReading> {
  const since = (seconds: number) => new Date(now.getTime() - seconds * 1_000).toISOString()
  const result = await tx.execute(sql`
    select count(*) filter (where last_attempt_at >= ${since(FAILURE_WINDOWS['2m'])}::timestamptz)::int as "2m",
      count(*)::int as "10m",
      coalesce((
        select max(failures) from otp_source
        where window_started_at >= ${since(SOURCE_WINDOW_MINUTES * 60)}::timestamptz
      ), 0)::int as source
    from otp_credential
    where fail_count > 0 and last_attempt_at >= ${since(FAILURE_WINDOWS['10m'])}::timestamptz`)
  const [row] = rowsOf<Row>(result)
  if (!row) throw new Error('the failures gave no row')
  return { failingLogins: { '2m': row['2m'], '10m': row['10m'] }, maxFailuresPerSource: row.source }
}
