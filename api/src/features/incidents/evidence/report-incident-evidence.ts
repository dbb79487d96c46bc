import { rowsOf, type Tx } from '@vigie/db'
import { INCIDENT_SEVERITIES, RESOLUTION_HOURS } from '@vigie/rules'
import { sql } from 'drizzle-orm'
import type { Context } from '../../../context.ts'
import { record } from '../../../journal/record.ts'
import { write } from '../../../journal/write.ts'
import {
  prepareEvidence,
  recordEvidenceOfMany,
  type EtablissementObservation,
} from '../../evidence/record-evidence.ts'

const WORKER = { role: 'vigie_worker' } as const
const ORIGIN = { source: 'File des incidents de Vigie', collector: 'incidents' } as const
const MONTHS = 12

interface Counted {
  readonly uai: string
  /** Its alerts are active: an incident would have been seen. */
  readonly watched: boolean
  readonly due: number
  readonly inTime: number
  readonly requestsDue: number
  readonly requestsAnswered: number
}

const HOURS = sql.join(
  INCIDENT_SEVERITIES.map((severity) => sql`when ${severity} then ${RESOLUTION_HOURS[severity]}::int`),
  sql` `,
)

/** Of the incidents opened over 12 months: those that are over or late, and those that were over in time. */
const countOf = async (tx: Tx, at: Date): Promise<Counted[]> =>
  rowsOf<Counted>(
    await tx.execute(sql`
      with judged as (
        select i.uai, i.origin = 'request' as request, i.resolved_at, i.opened_at
          + make_interval(hours => case i.severity ${HOURS} end) as due_at
        from incident i join etablissement e on e.uai = i.uai
        where e.state = 'ouvert'
          and i.opened_at > ${at.toISOString()}::timestamptz - make_interval(months => ${MONTHS}::int)
          and i.opened_at <= ${at.toISOString()}::timestamptz
      ), counted as (
        select uai, request, resolved_at <= due_at as on_time from judged
        where resolved_at is not null or due_at < ${at.toISOString()}::timestamptz
      ), watched as (
        select c.uai from evidence_current c join etablissement e on e.uai = c.uai
        where c.key = 'supervision.alerting' and c.value = 'true'::jsonb and e.state = 'ouvert'
          and c.expires_at > ${at.toISOString()}::timestamptz
      )
      select uai, bool_or(request is null) as watched,
        count(*) filter (where not request)::int as due,
        count(*) filter (where not request and on_time)::int as "inTime",
        count(*) filter (where request)::int as "requestsDue",
        count(*) filter (where request and on_time)::int as "requestsAnswered"
      from (select * from counted union all select uai, null, null from watched) seen group by uai order by uai`),
  )

/** An absence of incidents proves something where alerts watch, an absence of requests never does. */
function observationsOf(row: Counted, observedAt: Date): EtablissementObservation[] {
  const { uai } = row
  return [
    ...(row.due === 0 && !row.watched
      ? []
      : ([
          { uai, key: 'incident.due_12m', value: row.due, observedAt },
          { uai, key: 'incident.resolved_in_time_12m', value: row.inTime, observedAt },
        ] as const)),
    ...(row.requestsDue === 0
      ? []
      : ([
          { uai, key: 'incident.requests_due_12m', value: row.requestsDue, observedAt },
          { uai, key: 'incident.requests_answered_12m', value: row.requestsAnswered, observedAt },
        ] as const)),
  ]
}

/**
 * Records, for each establishment, what Vigie's own queue proves of the handling of incidents and of requests
 * (CARINE MCO-SEI-2, MCO-SEI-3). Out: how many establishments it tells of.
 */
export async function reportIncidentEvidence(ctx: Context): Promise<number> {
  const at = ctx.clock.now()
  await prepareEvidence(ctx, [{ observedAt: at }])
  return write(ctx, WORKER, async (tx) => {
    const counts = await countOf(tx, at)
    const observations = counts.flatMap((row) => observationsOf(row, at))
    const { recorded } = await recordEvidenceOfMany(tx, ctx, observations, ORIGIN)
    // The queue was read for all of them: an establishment at rest has no silent collector.
    await tx.execute(sql`
      update collector_activity set last_success_at = ${at.toISOString()}::timestamptz
      where collector = ${ORIGIN.collector} and last_success_at < ${at.toISOString()}::timestamptz`)
    if (recorded > 0)
      await record(tx, ctx, {
        action: 'incident.evidence',
        subject: { kind: 'collector', id: ORIGIN.collector },
        details: { etablissements: counts.length, recorded },
      })
    return counts.length
  })
}
