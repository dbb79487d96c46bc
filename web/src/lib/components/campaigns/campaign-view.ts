import type { InferResponseType } from 'hono/client'
import type { Client } from '#lib/api-client.ts'
import type { Share } from '#lib/format.ts'

type Campaigns = Client['v1']['campaigns']
export type CampaignSummary = InferResponseType<Campaigns['$get'], 200>['rows'][number]
export type Campaign = InferResponseType<Campaigns[':id']['$get'], 200>
export type Progress = InferResponseType<Campaigns[':id']['progress']['$get'], 200>
export type Officers = InferResponseType<Campaigns[':id']['officers']['$get'], 200>['rows']
export type OfficersProgress = InferResponseType<
  Campaigns[':id']['progress']['officers']['$get'],
  200
>['rows']
export type ServicesProgress = InferResponseType<
  Campaigns[':id']['progress']['services']['$get'],
  200
>['rows']
export type Comparison = InferResponseType<Client['v1']['campaign-comparison']['$get'], 200>
export type Findings = InferResponseType<Client['v1']['findings']['$get'], 200>
export type PerimeterChoice = InferResponseType<
  Client['v1']['campaign-perimeters']['$get'],
  200
>['rows'][number]
export type OwnCampaign = InferResponseType<
  Client['v1']['etablissements'][':uai']['campaigns']['$get'],
  200
>['rows'][number]

/** In: counts of progress. Out: what is observed or answered over what is asked; null when nothing is. */
export function doneShare(row: {
  readonly total: number
  readonly observed: number
  readonly answered: number
}): Share | null {
  const numerator = row.observed + row.answered
  return row.total === 0 ? null : { numerator, denominator: row.total, rate: numerator / row.total }
}

export const PHASE_WORDS = { opening: 'à l’ouverture', closing: 'à la clôture' } as const
export const PERIMETER_WORDS = {
  academie: 'Académie',
  departement: 'Département',
  circonscription: 'Circonscription',
  bassin: 'Bassin',
  collectivite: 'Collectivité',
  etablissement: 'Établissement',
} as const
export const MOVE_WORDS = {
  improved: 'En progrès',
  worsened: 'En recul',
  unchanged: 'Stable',
  not_comparable: 'Non comparable',
} as const
export type Move = keyof typeof MOVE_WORDS

const DAY = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'UTC' })

/** In: a civil day. Out: « 18 décembre 2026 ». */
export const formatDay = (day: string): string =>
  DAY.format(new Date(`${day}T00:00:00Z`)).replace(/^1 /, '1er ')
