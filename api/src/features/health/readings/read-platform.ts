import { ALERT_THRESHOLDS, type IncidentReading, type JobReading } from '@vigie/collectors'
import type { JournalReading, ThresholdReading } from '@vigie/collectors'
import { rowsOf, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'

const MEAN_DAYS = 30

/** Verifications of the journal, and what waits to be sealed. */
export async function readJournal(tx: Tx): Promise<JournalReading> {
  const result = await tx.execute(sql`
    select extract(epoch from max(verified_at) filter (where outcome = 'whole'))::float8 as "verifiedAt",
      (select outcome = 'whole' from journal_verification order by verified_at desc, id desc limit 1) as whole,
      (select count(*)::int from journal_pending) as pending
    from journal_verification`)
  const [row] = rowsOf<JournalReading>(result)
  if (!row) throw new Error('the journal gave no row')
  return row
}

/** Newest run of each job, over all processes. */
export const readJobs = async (tx: Tx): Promise<JobReading> =>
  rowsOf<JobReading[number]>(
    await tx.execute(sql`
      select job as task, last_duration_ms / 1000.0::float8 as "durationSeconds",
        extract(epoch from last_success_at)::float8 as "lastSuccess"
      from job_activity order by job`),
  )

/** Incidents of every académie of the annuaire. */
export async function readIncidents(tx: Tx, now: Date): Promise<IncidentReading> {
  const since = sql`${new Date(now.getTime() - MEAN_DAYS * 86_400_000).toISOString()}::timestamptz`
  const open = await tx.execute(sql`
    select a.academie, s.severity, count(i.id)::int as count
    from (select distinct academie from etablissement union select distinct academie from incident) a
    cross join (values ('critical'), ('warning'), ('info')) as s (severity)
    left join incident i on i.academie = a.academie and i.severity = s.severity and i.state <> 'resolved'
    group by 1, 2`)
  const delays = await tx.execute(sql`
    select academie,
      avg(extract(epoch from acknowledged_at - opened_at)) filter (where acknowledged_at >= ${since})::float8
        as "acknowledgeSeconds",
      avg(extract(epoch from resolved_at - opened_at)) filter (where resolved_at >= ${since})::float8
        as "resolveSeconds"
    from incident where acknowledged_at >= ${since} or resolved_at >= ${since} group by 1`)
  return {
    open: rowsOf<IncidentReading['open'][number]>(open),
    delays: rowsOf<IncidentReading['delays'][number]>(delays),
  }
}

/** Thresholds of every académie of the annuaire: its own, or the default. */
export async function readThresholds(tx: Tx): Promise<ThresholdReading> {
  const academies = rowsOf<{ academie: string }>(
    await tx.execute(sql`select distinct academie from etablissement order by 1`),
  )
  const own = new Map(
    rowsOf<ThresholdReading[number]>(
      await tx.execute(sql`select academie, alert, value from alert_threshold`),
    ).map(({ academie, alert, value }) => [JSON.stringify([academie, alert]), value]),
  )
  return academies.flatMap(({ academie }) =>
    Object.entries(ALERT_THRESHOLDS).map(([alert, definition]) => ({
      academie,
      alert,
      value: own.get(JSON.stringify([academie, alert])) ?? definition.default,
    })),
  )
}
