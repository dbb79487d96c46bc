import { oneOf } from '#lib/url-state.ts'
import type { Degree, Level } from '#lib/words.ts'

export interface CatalogueFilter {
  readonly q: string
  readonly service: string
  readonly level: Level | ''
  readonly degree: Degree | ''
  /** `auto`: a check decides; `manuel`: the establishment declares. */
  readonly check: 'auto' | 'manuel' | ''
}

interface Filterable {
  readonly id: string
  readonly service: string
  readonly statement: string
  readonly function: string
  readonly levels: { readonly d1: Level; readonly d2: Level }
  readonly clauses: readonly {
    readonly statement: string
    readonly levels: { readonly d1: Level; readonly d2: Level }
  }[]
  readonly automatic: boolean
}

/** In: the address's parameters. Out: what the catalogue shows; what makes no sense is left out. */
export const catalogueFilterOf = (parameters: URLSearchParams): CatalogueFilter => ({
  q: (parameters.get('q') ?? '').trim().slice(0, 100),
  service: parameters.get('service') ?? '',
  level: oneOf(parameters.get('level'), ['', 'E', 'R', 'F']),
  degree: oneOf(parameters.get('degree'), ['', 'd1', 'd2']),
  check: oneOf(parameters.get('check'), ['', 'auto', 'manuel']),
})

const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()

function levelsShown({ levels, clauses }: Filterable, degree: Degree | ''): readonly Level[] {
  const all = [levels, ...clauses.map((clause) => clause.levels)]
  return all.flatMap((pair) => (degree === '' ? [pair.d1, pair.d2] : [pair[degree]]))
}

/** In: requirements and a filter. Out: those it keeps; every word searched must appear, accents aside. */
export function filterRequirements<T extends Filterable>(
  requirements: readonly T[],
  filter: CatalogueFilter,
): T[] {
  const words = fold(filter.q).split(/\s+/).filter(Boolean)
  return requirements.filter((requirement) => {
    if (filter.service !== '' && requirement.service !== filter.service) return false
    if (filter.level !== '' && !levelsShown(requirement, filter.degree).includes(filter.level)) return false
    if (filter.check !== '' && requirement.automatic !== (filter.check === 'auto')) return false
    if (words.length === 0) return true
    const clauses = requirement.clauses.map((clause) => clause.statement).join(' ')
    const text = fold(`${requirement.id} ${requirement.function} ${requirement.statement} ${clauses}`)
    return words.every((word) => text.includes(word))
  })
}
