import { createHash } from 'node:crypto'
import type { Coverage, BackupSeries } from './backup-facts.ts'
import type { BackupReport } from './backup-report.ts'

export interface RepositoryRun {
  readonly at: string
  readonly ok: boolean
  /** Names its series, by a digest: paths may name people. */
  readonly of?: string
}

export interface RepositoryHost {
  readonly name: string
  readonly lastSuccessAt: string
}

/** Newest known state of one repository. */
export interface RepositoryState {
  readonly repository: string
  readonly tool: 'restic' | 'borg' | 'generic'
  readonly covers: readonly Coverage[]
  readonly collectedAt: Date
  /** Oldest of the newest successes of what is saved regularly; null when nothing ever succeeded. */
  readonly lastSuccessAt: Date | null
  /** 0: nothing is planned. */
  readonly plannedIntervalHours: number
  readonly seenIntervalHours: number | null
  readonly successRatio: number | null
  readonly knownSince: Date
  readonly recentRuns: readonly RepositoryRun[]
  readonly hosts: readonly RepositoryHost[]
  readonly versions: number
  readonly sizeBytes: number | null
  readonly encrypted: boolean | null
  readonly remote: boolean
  readonly transportEncrypted: boolean | null
  readonly centralised: boolean | null
  readonly logged: boolean | null
  readonly removableOffsite: boolean | null
  readonly dataCheckedAt: Date | null
  readonly structureCheckedAt: Date | null
  readonly checkFailedAt: Date | null
}

/** What an earlier report left: successes pruned since are not forgotten. */
export type EarlierState = Pick<
  RepositoryState,
  'collectedAt' | 'knownSince' | 'recentRuns' | 'dataCheckedAt' | 'structureCheckedAt' | 'checkFailedAt'
>

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const RATIO_DAYS = 30
const KEPT_RUNS_DAYS = 31
const MAX_RUNS = 1_500

const labelOf = ({ host, label }: BackupSeries) =>
  createHash('sha256')
    .update(`${host ?? ''}|${label}`, 'utf8')
    .digest('base64url')
    .slice(0, 16)
const newest = (dates: readonly Date[]): Date | null => dates.at(-1) ?? null

/** Series that are saved regularly: two successes at least, one of them within 30 days. Out: all when none is. */
function regular(series: readonly BackupSeries[], at: Date): readonly BackupSeries[] {
  const saved = series.filter(({ successes }) => successes.length > 0)
  const since = at.getTime() - RATIO_DAYS * DAY_MS
  const live = saved.filter(
    ({ successes }) => successes.length > 1 && (newest(successes)?.getTime() ?? 0) >= since,
  )
  return live.length > 0 ? live : saved
}

/** In: runs of former reports and of this one. Out: those of the last 31 days, each once, oldest first. */
function mergeRuns(
  earlier: readonly RepositoryRun[],
  series: readonly BackupSeries[],
  at: Date,
): RepositoryRun[] {
  const since = at.getTime() - KEPT_RUNS_DAYS * DAY_MS
  const runs = new Map<string, RepositoryRun>()
  const add = (run: RepositoryRun) => {
    if (Date.parse(run.at) >= since) runs.set(`${run.at} ${run.of ?? ''} ${run.ok}`, run)
  }
  earlier.forEach(add)
  for (const one of series) {
    const of = labelOf(one)
    for (const date of one.successes) add({ at: date.toISOString(), ok: true, of })
    for (const date of one.failures) add({ at: date.toISOString(), ok: false, of })
  }
  return [...runs.values()].toSorted((a, b) => (a.at < b.at ? -1 : 1))
}

/**
 * Share of what was due that succeeded, over 30 days at most, in the least regular series. Without a schedule, share
 * of the tries that succeeded, when failures are told.
 */
function ratioOf(
  runs: readonly RepositoryRun[],
  live: readonly BackupSeries[],
  {
    collectedAt,
    plannedIntervalHours,
    knownSince,
  }: Pick<RepositoryState, 'collectedAt' | 'plannedIntervalHours' | 'knownSince'>,
): number | null {
  const end = collectedAt.getTime()
  const earliest = Math.max(end - RATIO_DAYS * DAY_MS, knownSince.getTime())
  if (live.length === 0) return plannedIntervalHours > 0 ? 0 : null
  if (plannedIntervalHours === 0) {
    const recent = runs.filter(({ at }) => Date.parse(at) >= earliest)
    const failed = recent.filter(({ ok }) => !ok).length
    return failed === 0 ? null : 1 - failed / recent.length
  }
  const intervalMs = plannedIntervalHours * HOUR_MS
  const ratios = live.map((series) => {
    const first = series.successes[0]?.getTime() ?? end
    const start = Math.max(earliest, first)
    const of = labelOf(series)
    const successes = runs
      .filter((run) => run.ok && run.of === of)
      .map(({ at }) => Date.parse(at))
      .filter((instant) => instant >= start)
    const due = Math.max(1, Math.floor((end - start) / intervalMs))
    return Math.min(1, spaced(successes, intervalMs).length / due)
  })
  return Math.min(...ratios)
}

/** Successes closer than half an interval (ten minutes without a schedule) are one. */
function spaced(instants: readonly number[], intervalMs: number): number[] {
  const least = intervalMs > 0 ? intervalMs / 2 : 600_000
  const kept: number[] = []
  for (const instant of instants) if (instant - (kept.at(-1) ?? -Infinity) >= least) kept.push(instant)
  return kept
}

function medianGapHours(
  runs: readonly RepositoryRun[],
  series: BackupSeries,
  plannedIntervalHours: number,
): number | null {
  const of = labelOf(series)
  const tried = runs.filter((run) => run.ok && run.of === of).map(({ at }) => Date.parse(at))
  const instants = spaced(tried, plannedIntervalHours * HOUR_MS)
  const gaps = instants.slice(1).map((instant, position) => instant - (instants[position] ?? instant))
  const middle = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)]
  return middle === undefined ? null : middle / HOUR_MS
}

function hostsOf(
  series: readonly BackupSeries[],
  machines: readonly string[],
  last: Date | null,
): RepositoryHost[] {
  const hosts = new Map<string, string>()
  const note = (name: string, date: Date | null) => {
    if (!date) return
    const instant = date.toISOString()
    if ((hosts.get(name) ?? '') < instant) hosts.set(name, instant)
  }
  for (const { host, successes } of series) if (host !== null) note(host, newest(successes))
  for (const name of machines) note(name, last)
  return [...hosts].map(([name, lastSuccessAt]) => ({ name, lastSuccessAt })).slice(0, 1_000)
}

const later = (a: Date | null, b: Date | null) => (!a || (b && b > a) ? b : a)

/** A failure is lifted only by data read back whole, later. */
function checksOf({ facts }: BackupReport, earlier: EarlierState | null) {
  const check = facts?.check ?? null
  const found = (wanted: boolean) => (check && wanted ? check.at : null)
  const dataCheckedAt = later(earlier?.dataCheckedAt ?? null, found(check?.kind === 'data' && check.ok))
  const failed = later(earlier?.checkFailedAt ?? null, found(check?.ok === false))
  return {
    dataCheckedAt,
    structureCheckedAt: later(
      earlier?.structureCheckedAt ?? null,
      found(check?.kind === 'structure' && check.ok),
    ),
    checkFailedAt: failed && dataCheckedAt && dataCheckedAt > failed ? null : failed,
  }
}

/**
 * In: a report whose documents were read, and what earlier ones left. Out: the state of the repository. A repository
 * in which a check found errors promises no version until its data have been read back whole.
 */
export function stateOfRepository(report: BackupReport, earlier: EarlierState | null): RepositoryState {
  const { facts, collectedAt, plannedIntervalHours, transport } = report
  const series = facts?.series ?? []
  const live = regular(series, collectedAt)
  const told = new Date(collectedAt.getTime() - report.keptInFullDays * DAY_MS)
  const unbroken = earlier && earlier.collectedAt >= told
  const knownSince = unbroken && earlier.knownSince < told ? earlier.knownSince : told
  const runs = mergeRuns(unbroken ? earlier.recentRuns : [], series, collectedAt)
  const recentRuns = runs.slice(-MAX_RUNS)
  // What is given up is no longer known: later reports count from what is kept.
  const [oldest] = runs.length > MAX_RUNS ? recentRuns : []
  const lasts = live.map(({ successes }) => newest(successes)?.getTime() ?? 0)
  const lastSuccessAt = lasts.length > 0 ? new Date(Math.min(...lasts)) : null
  const gaps = live
    .map((one) => medianGapHours(runs, one, plannedIntervalHours))
    .filter((gap) => gap !== null)
  const checks = checksOf(report, earlier)
  const counted =
    facts?.versions ?? (live.length > 0 ? Math.min(...live.map(({ successes }) => successes.length)) : 0)
  return {
    repository: report.repository,
    tool: report.tool,
    covers: report.covers,
    collectedAt,
    lastSuccessAt,
    plannedIntervalHours,
    seenIntervalHours: gaps.length > 0 ? Math.max(...gaps) : null,
    successRatio: ratioOf(runs, live, { collectedAt, plannedIntervalHours, knownSince }),
    knownSince: oldest ? new Date(Math.max(knownSince.getTime(), Date.parse(oldest.at))) : knownSince,
    recentRuns,
    hosts: hostsOf(series, report.machines, lastSuccessAt),
    versions: checks.checkFailedAt ? 0 : counted,
    sizeBytes: facts?.sizeBytes ?? null,
    encrypted: facts?.encrypted ?? null,
    remote: report.remote,
    transportEncrypted:
      transport === 'none' ? null : transport !== 'clear' || (facts?.encryptsBeforeSending ?? false),
    centralised: report.centralised ?? null,
    logged: report.logged ?? null,
    removableOffsite: report.removableOffsite ?? null,
    ...checks,
  }
}
