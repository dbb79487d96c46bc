import { departementOf, pageOf } from '#lib/components/keys/key-query.ts'
import type { ReviewKind } from './review-view.ts'

/** How the address names each kind of case. */
export type Nature = 'contradiction' | 'echeance' | 'derogation' | 'contestation'

export const NATURES: readonly {
  readonly nature: Nature
  readonly kind: ReviewKind
  readonly label: string
  readonly one: string
}[] = [
  { nature: 'contradiction', kind: 'contradiction', label: 'Contradictions', one: 'Contradiction' },
  { nature: 'contestation', kind: 'dispute', label: 'Contestations', one: 'Contestation' },
  { nature: 'derogation', kind: 'derogation', label: 'Dérogations demandées', one: 'Dérogation demandée' },
  {
    nature: 'echeance',
    kind: 'expiring',
    label: 'Déclarations à renouveler',
    one: 'Déclaration à renouveler',
  },
]

export const kindOf = (nature: Nature): ReviewKind =>
  NATURES.find((known) => known.nature === nature)?.kind ?? 'contradiction'
export const natureOf = (kind: ReviewKind): Nature =>
  NATURES.find((known) => known.kind === kind)?.nature ?? 'contradiction'
export const nameOf = (kind: ReviewKind): string => NATURES.find((known) => known.kind === kind)?.one ?? ''

/** What the address of the queue says. */
export interface ReviewAsked {
  readonly nature: Nature | null
  readonly departement: string | null
  readonly service: string | null
  readonly q: string
  readonly page: number
}

const SERVICE = /^(INF|MCO|UTI)-[A-Z]{3}$/

/** In: the query of the address. Out: what it asks; a value that means nothing asks nothing. */
export function readReviewQuery(query: URLSearchParams): ReviewAsked {
  return {
    nature: NATURES.find(({ nature }) => nature === query.get('nature'))?.nature ?? null,
    departement: departementOf(query.get('departement')),
    service: SERVICE.exec(query.get('service') ?? '')?.[0] ?? null,
    q: (query.get('q') ?? '').trim().slice(0, 100),
    page: pageOf(query.get('page')),
  }
}

/** In: what narrows the queue. Out: the same for the API. */
export function filtersOf<S extends string>({
  departement,
  service,
  q,
}: Pick<ReviewAsked, 'departement' | 'service' | 'q'>) {
  return {
    ...(departement ? { departement } : {}),
    ...(service ? { service: service as S } : {}),
    ...(q ? { q } : {}),
  }
}

/** In: what is asked. Out: the query that says it, `?` included; empty when nothing is. */
export function searchOf(asked: Partial<ReviewAsked>, more: Readonly<Record<string, string>> = {}): string {
  const parameters = new URLSearchParams()
  for (const name of ['nature', 'departement', 'service', 'q'] as const) {
    const value = asked[name]
    if (value) parameters.set(name, value)
  }
  if (asked.page !== undefined && asked.page > 1) parameters.set('page', String(asked.page))
  for (const [name, value] of Object.entries(more)) parameters.set(name, value)
  const text = parameters.toString()
  return text === '' ? '' : `?${text}`
}

/** Address of one case; the filters stay, the kind is in the path. */
export const caseAddress = (
  which: { readonly kind: ReviewKind; readonly case: string },
  { departement, service, q }: Pick<ReviewAsked, 'departement' | 'service' | 'q'>,
  more: Readonly<Record<string, string>> = {},
): string => `/revue/${natureOf(which.kind)}/${which.case}${searchOf({ departement, service, q }, more)}`
