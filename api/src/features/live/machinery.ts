import { rowsOf, schema, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'
import { iso, isoOf } from '../conformity/instants.ts'
import { silentSince } from '../etablissements/filters.ts'
import type { Surroundings } from './schema.ts'

/** How each job is named on screen. */
export const JOB_LABELS: Readonly<Record<string, string>> = {
  'ensure-partitions': 'Préparation des mois de preuves et de journal',
  'erase-departed-holders': 'Effacement des porteurs partis',
  'evaluate-due': 'Évaluation des établissements',
  'purge-collection-runs': 'Purge des collectes anciennes',
  'purge-proofs': 'Effacement des pièces que rien ne cite',
  'purge-traffic': 'Purge du trafic',
  'purge-verification-traces': 'Purge des traces de vérification',
  'remind-departures': 'Rappels de départ',
  'remind-declarations': 'Rappels des déclarations à renouveler',
  'seal-journal': 'Scellement du journal',
  'send-mail': 'Envoi des messages',
  'weekly-report': 'Relevé du vendredi',
  'verify-journal': 'Vérification du journal',
  'tell-incidents': 'Annonce des incidents',
  'follow-tickets': 'Suivi des tickets',
  'purge-incidents': 'Effacement des incidents anciens',
  'report-incident-evidence': 'Preuves tirées des incidents',
  'report-own-evidence': 'Preuves tirées de Vigie',
  'send-deliveries': 'Envois aux connecteurs',
  'report-log-evidence': 'Preuves tirées des journaux reçus',
  'learn-targets': 'Cibles apprises du parc',
}

const COLLECT = 'collect-'

const jobLabel = (job: string): string =>
  JOB_LABELS[job] ?? (job.startsWith(COLLECT) ? `Collecte ${job.slice(COLLECT.length)}` : job)

type Collector = Surroundings['collectors'][number]

/** State of every collector over the caller's establishments, and its newest run when Vigie runs it itself. */
export async function readCollectors(tx: Tx, now: Date): Promise<Collector[]> {
  const found = await tx.execute(sql`
    with activity as (
      select a.collector, count(*)::int as etablissements,
        count(*) filter (where a.last_failure_at > coalesce(a.last_success_at, '-infinity'))::int as failing,
        count(*) filter (where ${silentSince(now)})::int as silent,
        max(a.last_success_at) as success, max(a.last_failure_at) as failure
      from collector_activity a group by 1
    )
    select collector, coalesce(a.etablissements, 0) as etablissements, coalesce(a.failing, 0) as failing,
      coalesce(a.silent, 0) as silent, ${isoOf(sql`greatest(a.success, r.last_success_at)`)} as "lastSuccessAt",
      ${isoOf(sql`greatest(a.failure, case when r.outcome = 'failed' then r.started_at end)`)} as "lastFailureAt",
      r.duration_ms::float8 / 1000 as "durationSeconds", r.outcome
    from activity a full join collector_newest_run r using (collector) order by 1`)
  return rowsOf<Omit<Collector, 'state'> & { outcome: string | null }>(found).map(({ outcome, ...row }) => ({
    ...row,
    state: outcome === 'failed' ? 'failing' : stateOf(row),
  }))
}

/** Failing or silent when most of what it informs is: one school that fails is not the collector's fault. */
function stateOf({ etablissements, failing, silent }: Omit<Collector, 'state'>): Collector['state'] {
  if (etablissements > 0 && failing * 2 > etablissements) return 'failing'
  return etablissements > 0 && silent * 2 > etablissements ? 'silent' : 'working'
}

/** State of every background job, over all processes. */
export async function readJobs(tx: Tx): Promise<Surroundings['jobs']> {
  const rows = await tx.select().from(schema.jobActivity).orderBy(schema.jobActivity.job)
  return rows.map(({ job, lastStartedAt, lastSuccessAt, lastFailureAt, lastDurationMs }) => ({
    job,
    label: jobLabel(job),
    state:
      lastFailureAt && (!lastSuccessAt || lastFailureAt > lastSuccessAt)
        ? 'failing'
        : lastSuccessAt
          ? 'working'
          : 'waiting',
    lastStartedAt: lastStartedAt.toISOString(),
    lastSuccessAt: iso(lastSuccessAt),
    lastFailureAt: iso(lastFailureAt),
    durationSeconds: lastDurationMs === null ? null : lastDurationMs / 1_000,
  }))
}
