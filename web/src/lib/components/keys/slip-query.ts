import { departementOf, pageOf } from './key-query.ts'
import type { SlipRow } from './key-view.ts'
import { SLIP_KINDS } from './key-words.ts'

/** Days without a signed scan by which the list can be narrowed. */
export const WAITING = [
  { days: '0', label: 'Tous ceux qui attendent' },
  { days: '7', label: 'Depuis 7 jours ou plus' },
  { days: '15', label: 'Depuis 15 jours ou plus' },
  { days: '30', label: 'Depuis 30 jours ou plus' },
] as const

/** What the address of the list of slips says. */
export interface SlipQuery {
  /** A part of the number. */
  readonly text: string
  readonly kind: SlipRow['kind'] | null
  readonly departement: string | null
  readonly signed: boolean | null
  /** Days of waiting; null: no narrowing. */
  readonly waiting: string | null
  readonly page: number
}

const isKind = (value: string): value is SlipRow['kind'] => Object.hasOwn(SLIP_KINDS, value)

/** In: the query of the list's address. Out: what it asks; a value that means nothing asks nothing. */
export function readSlipQuery(query: URLSearchParams): SlipQuery {
  const kind = query.get('nature') ?? ''
  const scan = query.get('scan')
  const waiting = WAITING.find(({ days }) => days === query.get('attente'))?.days ?? null
  return {
    text: (query.get('numero') ?? '').trim().slice(0, 60),
    kind: isKind(kind) ? kind : null,
    departement: departementOf(query.get('departement')),
    signed: scan === 'joint' ? true : scan === 'attendu' ? false : null,
    waiting,
    page: pageOf(query.get('page')),
  }
}

/** In: what the address asks. Out: the query of the API. */
export const slipApiQuery = ({ text, kind, departement, signed, waiting, page }: SlipQuery) => ({
  page: String(page),
  ...(text ? { q: text } : {}),
  ...(kind ? { kind } : {}),
  ...(departement ? { departement } : {}),
  ...(waiting !== null
    ? { unsignedForDays: waiting }
    : signed === null
      ? {}
      : { signed: signed ? ('true' as const) : ('false' as const) }),
})
