import type { PgBoss } from 'pg-boss'
import type { Context, Deps } from '../context.ts'
import type { CollectionSource } from '../features/collection/collection-source.ts'
import { COLLECT_PREFIXES, collectSourceJob } from './collect-source.ts'
import { ensurePartitionsJob } from './ensure-partitions.ts'
import { eraseDepartedHoldersJob } from './erase-departed-holders.ts'
import { evaluateDueJob } from './evaluate-due.ts'
import type { Job } from './job.ts'
import { learnTargetsJob } from './learn-targets.ts'
import { purgeCollectionRunsJob } from './purge-collection-runs.ts'
import { purgeIncidentsJob } from './purge-incidents.ts'
import { purgeProofsJob } from './purge-proofs.ts'
import { purgeTrafficJob } from './purge-traffic.ts'
import { purgeVerificationTracesJob } from './purge-verification-traces.ts'
import { openQueue } from './queue.ts'
import { remindDeclarationsJob } from './remind-declarations.ts'
import { remindDeparturesJob } from './remind-departures.ts'
import { reportIncidentEvidenceJob } from './report-incident-evidence.ts'
import { reportLogEvidenceJob } from './report-log-evidence.ts'
import { reportOwnEvidenceJob } from './report-own-evidence.ts'
import { forgetRuns, runJob } from './run-job.ts'
import { sealJournalJob } from './seal-journal.ts'
import { followTicketsJob } from './follow-tickets.ts'
import { sendDeliveriesJob } from './send-deliveries.ts'
import { sendMailJob } from './send-mail.ts'
import { tellIncidentsJob } from './tell-incidents.ts'
import { verifyJournalJob } from './verify-journal.ts'
import { startWatch } from './watch.ts'
import { weeklyReportJob } from './weekly-report.ts'

export type { Job } from './job.ts'

/** Every job, beside the collections that a deployment configures. */
export const JOBS: readonly Job[] = [
  evaluateDueJob,
  sealJournalJob,
  verifyJournalJob,
  ensurePartitionsJob,
  purgeCollectionRunsJob,
  weeklyReportJob,
  sendMailJob,
  sendDeliveriesJob,
  followTicketsJob,
  purgeVerificationTracesJob,
  purgeTrafficJob,
  purgeProofsJob,
  eraseDepartedHoldersJob,
  remindDeparturesJob,
  remindDeclarationsJob,
  tellIncidentsJob,
  reportIncidentEvidenceJob,
  reportLogEvidenceJob,
  reportOwnEvidenceJob,
  purgeIncidentsJob,
  learnTargetsJob,
]

/** Seconds after which the trace of a finished job leaves the queue. */
const KEPT_SECONDS = 3_600

export interface JobOptions {
  /** Systems that this deployment reads, from its collection file. */
  readonly sources?: readonly CollectionSource[]
  /** Milliseconds between two looks at what is wanted. */
  readonly watchEveryMs?: number
}

export interface RunningJobs {
  /** Waits for the jobs under way, then stops. */
  stop(): Promise<void>
}

/**
 * Starts the background work of this process. Any number of processes may: the queue gives each job to one of them,
 * and each job takes only rows that no other has taken.
 */
export async function startJobs(deps: Deps, options: JobOptions = {}): Promise<RunningJobs> {
  const ctx: Context = { ...deps, actor: { kind: 'system', id: 'jobs' }, requestId: null }
  const jobs = [...JOBS, ...(options.sources ?? []).map(collectSourceJob)]
  const boss = openQueue(deps.db, deps.log)
  await boss.start()
  for (const job of jobs) await declare(boss, ctx, job)
  await forgetRemovedSources(boss, jobs)
  for (const { section, ...prefixes } of COLLECT_PREFIXES) {
    const kept = (options.sources ?? []).filter((source) => source.section === section)
    await forgetRuns(
      ctx,
      prefixes,
      kept.map(({ label }) => label),
    )
  }
  for (const job of jobs) if (await job.isDueAtStart?.(ctx)) await boss.send(job.name)
  const watch = startWatch(ctx, boss, jobs, options.watchEveryMs ?? 1_000)
  return {
    stop: async () => {
      await watch.stop()
      await boss.stop({ graceful: true, timeout: 20_000 })
    },
  }
}

/** A source that left the collection file must not keep filling its queue. */
async function forgetRemovedSources(boss: PgBoss, jobs: readonly Job[]): Promise<void> {
  const names = new Set(jobs.map(({ name }) => name))
  for (const { name } of await boss.getSchedules()) {
    const collects = COLLECT_PREFIXES.some(({ job }) => name.startsWith(job))
    if (collects && !names.has(name)) await boss.unschedule(name)
  }
}

async function declare(boss: PgBoss, ctx: Context, job: Job): Promise<void> {
  // `short`: one waiting job at most, so that a burst makes one; processes may work side by side.
  const settings = {
    policy: 'short',
    retryLimit: 0,
    expireInSeconds: job.expireInSeconds,
    deleteAfterSeconds: KEPT_SECONDS,
  }
  await boss.createQueue(job.name, settings)
  ctx.metrics.jobs.declare(job.name)
  const pollingIntervalSeconds = job.isWanted ? 0.5 : 10
  await boss.work(job.name, { pollingIntervalSeconds }, async ([task]) => {
    if (!task) return
    const log = ctx.log.child({ job: job.name })
    await runJob({ ...ctx, log }, job, task.signal)
  })
  if (job.cron) await boss.schedule(job.name, job.cron, null, { tz: 'UTC' })
}
