import type { KeyState } from './key-view.ts'
import { FAMILY_OF } from './key-states.ts'

/** Months before the end of life by which the list can be narrowed; 0: already over. */
export const EXPIRING = [
  { months: '0', label: 'Fin de vie dépassée' },
  { months: '3', label: 'Dans les 3 mois' },
  { months: '12', label: 'Dans les 12 mois' },
] as const

/** What the address of the list says. Names and logins never stand in it. */
export interface KeyQuery {
  readonly state: KeyState | null
  readonly departement: string | null
  readonly expiring: string | null
  readonly page: number
}

const isState = (value: string): value is KeyState => Object.hasOwn(FAMILY_OF, value)

/** In: a parameter of an address. Out: the page it names, 1 when it names none. */
export function pageOf(value: string | null): number {
  const page = Number(value ?? '1')
  return Number.isInteger(page) && page >= 1 && page <= 100_000 ? page : 1
}

/** In: a parameter of an address. Out: the code of a département when it looks like one. */
export const departementOf = (value: string | null): string | null =>
  value !== null && /^[0-9AB]{2,3}$/.test(value) ? value : null

/** In: the query of the list's address. Out: what it asks; a value that means nothing asks nothing. */
export function readKeyQuery(query: URLSearchParams): KeyQuery {
  const state = query.get('etat') ?? ''
  const expiring = query.get('fin')
  return {
    state: isState(state) ? state : null,
    departement: departementOf(query.get('departement')),
    expiring: EXPIRING.find(({ months }) => months === expiring)?.months ?? null,
    page: pageOf(query.get('page')),
  }
}

/** In: what to narrow by. Out: the address of the list of keys. */
export function keysAddress({ state, departement, expiring }: Partial<KeyQuery>): string {
  const query = new URLSearchParams()
  if (state) query.set('etat', state)
  if (departement) query.set('departement', departement)
  if (expiring) query.set('fin', expiring)
  return query.size > 0 ? `/cles/liste?${query}` : '/cles/liste'
}
