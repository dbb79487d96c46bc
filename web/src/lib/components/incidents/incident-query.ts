import { pageOf, departementOf } from '#lib/components/keys/key-query.ts'
import { SEVERITIES, type IncidentState, type Severity } from './incident-words.ts'

export type Origin = 'alert' | 'request' | 'report'
export type Party = 'etablissement' | 'collectivite' | 'academie'

const ORIGINS: readonly Origin[] = ['alert', 'request', 'report']
const PARTIES: readonly Party[] = ['etablissement', 'collectivite', 'academie']
const STATES: readonly IncidentState[] = ['open', 'acknowledged', 'resolved']

/** `unresolved` is what the queue shows unless told otherwise; `all` leaves nothing out. */
export type StateFilter = IncidentState | 'unresolved' | 'all'

/** What the address of the queue says. */
export interface IncidentQuery {
  readonly state: StateFilter
  readonly severity: Severity | null
  readonly origin: Origin | null
  readonly party: Party | null
  readonly departement: string | null
  readonly uai: string | null
  readonly mine: boolean
  readonly q: string
  readonly page: number
}

const among = <T extends string>(values: readonly T[], value: string | null): T | null =>
  values.find((known) => known === value) ?? null

/** In: the query of the queue's address. Out: what it asks; a value that means nothing asks nothing. */
export function readIncidentQuery(query: URLSearchParams): IncidentQuery {
  const state = query.get('etat')
  return {
    state: state === 'tous' ? 'all' : (among(STATES, state) ?? 'unresolved'),
    severity: among(SEVERITIES, query.get('gravite')),
    origin: among(ORIGINS, query.get('origine')),
    party: among(PARTIES, query.get('agit')),
    departement: departementOf(query.get('departement')),
    uai: /^\d{7}[A-Z]$/.exec(query.get('etablissement') ?? '')?.[0] ?? null,
    mine: query.get('miens') === 'oui',
    q: (query.get('q') ?? '').trim().slice(0, 200),
    page: pageOf(query.get('page')),
  }
}

/** In: what to narrow by. Out: the parameters of the queue's address that say it. */
export function parametersOf(query: Partial<IncidentQuery>): URLSearchParams {
  const { state = 'unresolved', severity, origin, party, departement, uai, mine, q } = query
  const parameters = new URLSearchParams()
  if (state !== 'unresolved') parameters.set('etat', state === 'all' ? 'tous' : state)
  if (severity) parameters.set('gravite', severity)
  if (origin) parameters.set('origine', origin)
  if (party) parameters.set('agit', party)
  if (departement) parameters.set('departement', departement)
  if (uai) parameters.set('etablissement', uai)
  if (mine) parameters.set('miens', 'oui')
  if (q) parameters.set('q', q)
  return parameters
}

/** In: what to narrow by. Out: the address of the queue. */
export function incidentsAddress(query: Partial<IncidentQuery> = {}): string {
  const parameters = parametersOf(query)
  return parameters.size > 0 ? `/incidents?${parameters}` : '/incidents'
}

/** In: what the address asks. Out: the query of the API. */
export const apiQueryOf = ({
  state,
  severity,
  origin,
  party,
  departement,
  uai,
  mine,
  q,
  page,
}: IncidentQuery) => ({
  ...(state === 'all' ? {} : { state }),
  ...(severity ? { severity } : {}),
  ...(origin ? { origin } : {}),
  ...(party ? { party } : {}),
  ...(departement ? { departement } : {}),
  ...(uai ? { uai } : {}),
  ...(mine ? { mine: 'true' as const } : {}),
  ...(q ? { q } : {}),
  page: String(page),
})

/** In: what the address asks. Out: true when it narrows the queue beyond its usual view. */
export const isNarrowed = (query: IncidentQuery): boolean => parametersOf(query).size > 0
