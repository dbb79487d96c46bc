import type { RequestEvent } from '@sveltejs/kit'
import { may, ownEtablissement, type Me } from '#lib/account.ts'
import { apiOf, read } from '#lib/server/api.ts'
import { uai as uaiShape } from '../../../params/uai.ts'

/** Establishments that are offered without a search. */
const OFFERED = 15

export interface Place {
  readonly uai: string
  /** Null when the reader does not open the pages of establishments. */
  readonly name: string | null
  readonly commune: string | null
}

export interface Candidate {
  readonly uai: string
  readonly name: string
  readonly commune: string
}

/** Where the incident is: chosen (`place`, or the whole perimeter), or still to be chosen among `candidates`. */
export interface Where {
  readonly place: Place | null
  readonly whole: boolean
  /** The reader has one place only: nothing to choose. */
  readonly only: boolean
  readonly candidates: readonly Candidate[]
  /** Establishments that answer the search, those beyond the offered ones included. */
  readonly found: number
  readonly q: string
  /** The reader searches establishments by name; otherwise a UAI is typed. */
  readonly searches: boolean
  /** The reader may speak for a whole académie or département. */
  readonly speaksForAll: boolean
}

const CHOSEN = { candidates: [], found: 0, q: '' } as const

const actsForAll = (me: Me | null): boolean =>
  me?.grants.some(({ perimeter }) => perimeter.kind === 'academie' || perimeter.kind === 'departement') ??
  false

async function placeOf(event: RequestEvent, uai: string, searches: boolean): Promise<Place> {
  if (!searches) return { uai, name: null, commune: null }
  const { name, commune } = await read(
    apiOf(event).v1.etablissements[':uai'].$get({ param: { uai } }),
    event.url,
  )
  return { uai, name, commune }
}

/** In: the request for the page. Out: where the incident is, or among which places to choose. */
export async function whereOf(event: RequestEvent): Promise<Where> {
  const { me } = event.locals
  const { searchParams } = event.url
  const searches = may(me, 'etablissement:read')
  const base = { whole: false, only: false, searches, speaksForAll: actsForAll(me) }
  const own = me && ownEtablissement(me)
  if (own) return { ...base, ...CHOSEN, only: true, place: await placeOf(event, own, searches) }
  const asked = searchParams.get('etablissement') ?? ''
  if (asked === 'aucun' && base.speaksForAll) return { ...base, ...CHOSEN, place: null, whole: true }
  const uai = uaiShape(asked.trim().toUpperCase())
  if (uai) return { ...base, ...CHOSEN, place: await placeOf(event, uai, searches) }
  const q = (searchParams.get('lieu') ?? '').trim().slice(0, 100)
  if (!searches) return { ...base, ...CHOSEN, q: asked, place: null }
  const { rows, total } = await read(
    apiOf(event).v1.etablissements.$get({ query: { pageSize: String(OFFERED), ...(q ? { q } : {}) } }),
    event.url,
  )
  const candidates = rows.map(({ uai: code, name, commune }) => ({ uai: code, name, commune }))
  const [first] = candidates
  if (first && total === 1 && q === '') return { ...base, ...CHOSEN, only: true, place: first }
  return { ...base, place: null, candidates: q !== '' || total <= OFFERED ? candidates : [], found: total, q }
}
