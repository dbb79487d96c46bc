import { oneOf } from '#lib/url-state.ts'

/** Services in the order of the source: columns of the mosaic, and keys of its sort. */
export const SERVICE_COLUMNS = [
  'INF-ANN',
  'INF-PDT',
  'INF-AUT',
  'INF-SEC',
  'INF-DIF',
  'MCO-SVG',
  'MCO-REG',
  'MCO-SEI',
  'MCO-JAL',
  'MCO-PAR',
  'UTI-ESF',
  'UTI-MSG',
  'UTI-CTR',
  'UTI-PUB',
  'UTI-REC',
] as const

export type ServiceColumn = (typeof SERVICE_COLUMNS)[number]

/** True for the first service of each family. */
export const opensFamily = (service: ServiceColumn): boolean =>
  SERVICE_COLUMNS.find((column) => column.startsWith(service.slice(0, 3))) === service

const SORTS = ['name', 'commune', 'index', 'exige', 'coverage', ...SERVICE_COLUMNS] as const
export type Sort = (typeof SORTS)[number]
export type Direction = 'asc' | 'desc'

export const PAGE_SIZES = [50, 100, 200] as const

export const STATUS_FILTERS = ['compliant', 'partial', 'non_compliant', 'unknown', 'contradiction'] as const

export const FRESHNESS = [
  { value: 'fresh', label: 'Tout est à jour' },
  { value: 'stale', label: 'Preuves périmées' },
  { value: 'never', label: 'Aucune preuve' },
  { value: 'silent', label: 'Collecte muette' },
] as const

const FRESHNESS_VALUES = ['fresh', 'stale', 'never', 'silent'] as const
const DEGREES = ['d1', 'd2'] as const
const CODES = ['type', 'departement', 'collectivite', 'circonscription', 'bassin', 'requirement'] as const

export interface Filters {
  q?: string
  type?: string
  degree?: (typeof DEGREES)[number]
  departement?: string
  collectivite?: string
  circonscription?: string
  bassin?: string
  status?: (typeof STATUS_FILTERS)[number]
  freshness?: (typeof FRESHNESS_VALUES)[number]
  service?: ServiceColumn
  requirement?: string
}

export interface MosaicQuery {
  readonly filters: Filters
  readonly sort: Sort
  readonly direction: Direction
  readonly page: number
  readonly pageSize: number
}

const known = <T extends string>(value: string | null, values: readonly T[]): T | undefined =>
  values.find((candidate) => candidate === value)

/** In: the address's parameters. Out: what the mosaic shows; what makes no sense is left out. */
export function mosaicQueryOf(parameters: URLSearchParams): MosaicQuery {
  const filters: Filters = {}
  const q = parameters.get('q')?.trim().slice(0, 100)
  if (q) filters.q = q
  for (const name of CODES) {
    const code = parameters.get(name)?.trim()
    if (code && code.length <= 60) filters[name] = code
  }
  const degree = known(parameters.get('degree'), DEGREES)
  if (degree) filters.degree = degree
  const status = known(parameters.get('status'), STATUS_FILTERS)
  if (status) filters.status = status
  const freshness = known(parameters.get('freshness'), FRESHNESS_VALUES)
  if (freshness) filters.freshness = freshness
  const service = known(parameters.get('service'), SERVICE_COLUMNS)
  if (service) filters.service = service
  const sort = oneOf(parameters.get('sort'), SORTS)
  const page = Number(parameters.get('page') ?? 1)
  const pageSize = Number(parameters.get('pageSize') ?? PAGE_SIZES[0])
  return {
    filters,
    sort,
    direction: oneOf(parameters.get('direction'), ['asc', 'desc']),
    page: Number.isInteger(page) && page > 0 ? page : 1,
    pageSize: PAGE_SIZES.find((size) => size === pageSize) ?? PAGE_SIZES[0],
  }
}

/**
 * In: the sort in force and the column that is clicked. Out: the direction to ask for. Names read from A, figures
 * from the weakest; a second click reverses.
 */
export const nextDirection = (current: { sort: Sort; direction: Direction }, column: Sort): Direction =>
  current.sort === column && current.direction === 'asc' ? 'desc' : 'asc'
