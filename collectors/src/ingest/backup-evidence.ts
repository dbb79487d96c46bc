import type { EvidenceKey, EvidenceValue } from '@vigie/rules'
import { COVERAGES } from './backup-facts.ts'
import type { RepositoryState } from './backup-state.ts'

export interface BackupObservation {
  readonly key: EvidenceKey
  readonly value: EvidenceValue
  readonly observedAt: Date
}

/** Machines in service that the parc knows, by name. */
export interface ParcNames {
  readonly servers: readonly string[]
  readonly administrative: readonly string[]
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Nothing ever succeeded: counted as the whole period that a ratio looks at. */
const NEVER_HOURS = 30 * 24
/** A repository that has not reported for longer than the others leaves the whole without proof. */
const SILENT_HOURS = 48
/** A machine is covered while its newest backup is younger than this, or than two intervals. */
const COVERED_DAYS = 7

const round = (value: number, digits: number) => Number(value.toFixed(digits))
const since = (date: Date, at: Date, unit: number) =>
  round(Math.max(0, at.getTime() - date.getTime()) / unit, 2)

/** False as soon as one is, true when all are, nothing while one does not say. */
function every(values: readonly (boolean | null)[]): boolean | null {
  if (values.includes(false)) return false
  return values.length === 0 || values.includes(null) ? null : true
}

/** The same for those that say: the others have nothing to say. */
const everySaid = (values: readonly (boolean | null)[]) => every(values.filter((value) => value !== null))

const bare = (name: string) => name.toLowerCase().split('.')[0] ?? ''

function coveredShare(names: readonly string[], repositories: readonly RepositoryState[]): number | null {
  if (names.length === 0) return null
  const covered = new Set(
    repositories.flatMap(({ hosts, collectedAt, plannedIntervalHours, checkFailedAt }) => {
      if (checkFailedAt) return []
      const allowed = Math.max(COVERED_DAYS * DAY_MS, 2 * plannedIntervalHours * HOUR_MS)
      return hosts
        .filter(({ lastSuccessAt }) => collectedAt.getTime() - Date.parse(lastSuccessAt) <= allowed)
        .map(({ name }) => bare(name))
    }),
  )
  return round(names.filter((name) => covered.has(bare(name))).length / names.length, 4)
}

/** Each kind of data that is saved at all has a copy elsewhere. */
const remoteOf = (repositories: readonly RepositoryState[]) =>
  COVERAGES.every((kind) => {
    const holding = repositories.filter(({ covers }) => covers.includes(kind))
    return (
      holding.length === 0 || holding.some(({ remote, lastSuccessAt }) => remote && lastSuccessAt !== null)
    )
  })

/** In: every repository of an establishment. Out: those that have not reported for two days before the newest report. */
export function silentRepositories(repositories: readonly RepositoryState[]): readonly RepositoryState[] {
  const last = newestReport(repositories)
  return repositories.filter(({ collectedAt }) => last - collectedAt.getTime() > SILENT_HOURS * HOUR_MS)
}

const newestReport = (repositories: readonly RepositoryState[]) =>
  Math.max(...repositories.map(({ collectedAt }) => collectedAt.getTime()))

/**
 * In: every repository of an establishment, and the names of its machines. Out: what they prove together, which is
 * what the worst of them proves; nothing while one of them is silent, so that the whole goes stale instead of
 * forgetting it.
 */
export function backupEvidence(
  repositories: readonly RepositoryState[],
  parc: ParcNames,
): BackupObservation[] {
  if (repositories.length === 0 || silentRepositories(repositories).length > 0) return []
  const observedAt = new Date(newestReport(repositories))
  const ages = repositories.map(({ lastSuccessAt, collectedAt }) =>
    lastSuccessAt ? since(lastSuccessAt, collectedAt, HOUR_MS) : NEVER_HOURS,
  )
  const intervals = repositories.map(({ plannedIntervalHours }) => plannedIntervalHours)
  const ratios = repositories.map(({ successRatio }) => successRatio).filter((ratio) => ratio !== null)
  // A full reading that found errors was one; whether it did is told apart.
  const checks = repositories.map(({ dataCheckedAt, checkFailedAt, collectedAt }) => {
    const read = checkFailedAt ?? dataCheckedAt
    return read ? since(read, collectedAt, DAY_MS) : null
  })
  const verified = checks.filter((age) => age !== null)
  const checked = repositories.filter(
    ({ dataCheckedAt, structureCheckedAt, checkFailedAt }) =>
      dataCheckedAt ?? structureCheckedAt ?? checkFailedAt,
  )
  const values: readonly (readonly [EvidenceKey, EvidenceValue | null])[] = [
    ['backup.last_success_age', Math.max(...ages)],
    ['backup.schedule_interval', intervals.includes(0) ? 0 : Math.max(...intervals)],
    ['backup.success_ratio_30d', ratios.length > 0 ? round(Math.min(...ratios), 4) : null],
    ['backup.versions_kept', Math.min(...repositories.map(({ versions }) => versions))],
    ['backup.remote_copy', remoteOf(repositories)],
    ['backup.centralised', everySaid(repositories.map(({ centralised }) => centralised))],
    [
      'backup.encrypted_in_transit',
      everySaid(repositories.map(({ transportEncrypted }) => transportEncrypted)),
    ],
    ['backup.encrypted_at_rest', every(repositories.map(({ encrypted }) => encrypted))],
    ['backup.logged', every(repositories.map(({ logged }) => logged))],
    ['backup.removable_offsite', everySaid(repositories.map(({ removableOffsite }) => removableOffsite))],
    ['backup.server_covered', coveredShare(parc.servers, repositories)],
    ['backup.admin_workstation_covered', coveredShare(parc.administrative, repositories)],
    ['backup.data_verified_age', verified.length === checks.length ? Math.max(...verified) : null],
    ['backup.check_passed', checked.length > 0 ? checked.every(({ checkFailedAt }) => !checkFailedAt) : null],
  ]
  return values.flatMap(([key, value]) => (value === null ? [] : [{ key, value, observedAt }]))
}
