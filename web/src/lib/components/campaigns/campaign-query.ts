import { departementOf, pageOf } from '#lib/components/keys/key-query.ts'

export const STATES = [
  ['untouched', 'Rien répondu'],
  ['under_way', 'En cours'],
  ['complete', 'Terminés'],
  ['unassigned', 'Sans agent'],
  ['unplanned', 'Sans date de visite'],
  ['to_visit', 'À visiter'],
  ['late', 'Visite en retard'],
  ['visited', 'Visités'],
] as const
export type ProgressState = (typeof STATES)[number][0]
export const SORTS = [
  ['name', 'Nom'],
  ['progress', 'Avancement'],
  ['visit', 'Jour de visite'],
  ['findings', 'Constats'],
] as const
export type ProgressSort = (typeof SORTS)[number][0]
export const VIEWS = ['etablissements', 'agents', 'services'] as const
export type View = (typeof VIEWS)[number]

/** What the address of a campaign says. */
export interface ProgressQuery {
  readonly view: View
  readonly departement: string | null
  /** An account, `none`, `me`, or nothing. */
  readonly officer: string | null
  readonly state: ProgressState | null
  readonly sort: ProgressSort
  readonly q: string
  readonly page: number
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** In: the query of a campaign's address. Out: what it asks; a value that means nothing asks nothing. */
export function readProgressQuery(query: URLSearchParams): ProgressQuery {
  const officer = query.get('agent') ?? ''
  return {
    view: VIEWS.find((view) => view === query.get('vue')) ?? 'etablissements',
    departement: departementOf(query.get('departement')),
    officer: officer === 'none' || officer === 'me' || UUID.test(officer) ? officer : null,
    state: STATES.find(([state]) => state === query.get('etat'))?.[0] ?? null,
    sort: SORTS.find(([sort]) => sort === query.get('tri'))?.[0] ?? 'name',
    q: (query.get('q') ?? '').trim().slice(0, 200),
    page: pageOf(query.get('page')),
  }
}

/** In: what an address asks. Out: how the API is asked to narrow. */
export const narrowingOf = ({ departement, officer, state, q }: ProgressQuery) => ({
  ...(departement ? { departement } : {}),
  ...(officer ? { officer } : {}),
  ...(state ? { state } : {}),
  ...(q ? { q } : {}),
})

/** True when some filter leaves rows out. */
export const isNarrowed = (query: ProgressQuery): boolean => Object.keys(narrowingOf(query)).length > 0
