import type { RibbonStatus } from './timeline.ts'

/** Statuses by which the list can be narrowed; a derogation is shown beside the status it covers. */
export const FILTER_STATUSES = [
  'non_compliant',
  'contradiction',
  'partial',
  'unknown',
  'compliant',
  'derogation',
  'not_applicable',
] as const
export type FilterStatus = (typeof FILTER_STATUSES)[number]

/** Why nothing is proved; `manual` when no system can observe the requirement. */
export const FILTER_CAUSES = ['never_observed', 'stale', 'collector_failed', 'manual'] as const
export type FilterCause = (typeof FILTER_CAUSES)[number]

export const FILTER_LEVELS = ['E', 'R', 'F'] as const
export type FilterLevel = (typeof FILTER_LEVELS)[number]

export const FILTER_MODES = ['automatique', 'manuelle'] as const
export type FilterMode = (typeof FILTER_MODES)[number]

/** What the address of the list says; null or empty: no narrowing. */
export interface RequirementFilter {
  readonly service: string | null
  readonly level: FilterLevel | null
  readonly status: FilterStatus | null
  readonly cause: FilterCause | null
  readonly mode: FilterMode | null
  readonly text: string
}

export interface FilterableRow {
  readonly status: RibbonStatus
  readonly unknownReason: 'never_observed' | 'stale' | 'collector_failed' | null
  readonly automatic: boolean
  readonly derogatedUntil: string | null
}

const oneOf = <const T extends string>(allowed: readonly T[], text: string | null): T | null =>
  allowed.find((value) => value === text) ?? null

/** In: the query of the list's address. Out: the filter; a value that means nothing narrows nothing. */
export const readFilter = (query: URLSearchParams): RequirementFilter => ({
  service: query.get('service') || null,
  level: oneOf(FILTER_LEVELS, query.get('niveau')),
  status: oneOf(FILTER_STATUSES, query.get('statut')),
  cause: oneOf(FILTER_CAUSES, query.get('cause')),
  mode: oneOf(FILTER_MODES, query.get('mesure')),
  text: (query.get('q') ?? '').trim(),
})

/** In: a filter. Out: the query of its address, `?` included, empty when it narrows nothing. */
export function filterQuery(filter: Partial<RequirementFilter>): string {
  const query = new URLSearchParams()
  if (filter.text) query.set('q', filter.text)
  if (filter.service) query.set('service', filter.service)
  if (filter.level) query.set('niveau', filter.level)
  if (filter.status) query.set('statut', filter.status)
  if (filter.cause) query.set('cause', filter.cause)
  if (filter.mode) query.set('mesure', filter.mode)
  return query.size > 0 ? `?${query}` : ''
}

export const causeOf = (row: FilterableRow): FilterCause | null => {
  if (row.status !== 'unknown') return null
  return row.automatic ? (row.unknownReason ?? 'never_observed') : 'manual'
}

const hasStatus = (row: FilterableRow, status: FilterStatus): boolean =>
  status === 'derogation' ? row.derogatedUntil !== null : row.status === status

/** In: rows and a filter. Out: the rows of that status and cause, in the same order. */
export const narrow = <R extends FilterableRow>(
  rows: readonly R[],
  { status, cause }: Pick<RequirementFilter, 'status' | 'cause'>,
): readonly R[] =>
  rows.filter(
    (row) => (status === null || hasStatus(row, status)) && (cause === null || causeOf(row) === cause),
  )

/** In: rows. Out: how many there are of each status; derogations are also counted under their own status. */
export const countByStatus = (rows: readonly FilterableRow[]): Readonly<Record<FilterStatus, number>> => ({
  non_compliant: 0,
  contradiction: 0,
  partial: 0,
  unknown: 0,
  compliant: 0,
  derogation: 0,
  not_applicable: 0,
  ...Object.fromEntries(
    FILTER_STATUSES.map((status) => [status, rows.filter((row) => hasStatus(row, status)).length]),
  ),
})
