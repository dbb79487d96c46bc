import type { InferResponseType } from 'hono/client'
import type { Client } from '#lib/api-client.ts'

export type Visit = InferResponseType<Client['v1']['visits'][':id']['$get'], 200>
export type VisitService = Visit['services'][number]
export type VisitItem = VisitService['items'][number]
export type VisitAnswer = NonNullable<VisitItem['answer']>
export type Finding = Visit['findings'][number]
export type Agenda = InferResponseType<Client['v1']['visit-agenda']['$get'], 200>
export type VisitSummary = InferResponseType<
  Client['v1']['etablissements'][':uai']['visits']['$get'],
  200
>['rows'][number]

export const VERDICTS = ['compliant', 'partial', 'non_compliant', 'not_applicable'] as const

export const PARTY_WORDS: Readonly<Record<string, string>> = {
  etablissement: 'L’établissement',
  collectivite: 'La collectivité',
  academie: 'L’académie',
}

export const NATURES = [
  { value: 'A', label: 'Action', meaning: 'Quelque chose est à faire.' },
  { value: 'I', label: 'Information', meaning: 'À savoir, sans rien à faire.' },
  { value: 'D', label: 'Décision', meaning: 'Ce qui a été décidé sur place.' },
] as const

/** Photos of one finding, and bytes of all those that wait on a tablet. */
export const MOST_PHOTOS = 3
export const MOST_WAITING_BYTES = 80 * 1024 * 1024
