import type { InferResponseType } from 'hono/client'
import type { Client } from '#lib/api-client.ts'

type OfEtablissement = Client['v1']['etablissements'][':uai']

export type History = InferResponseType<OfEtablissement['history']['$get'], 200>
export type Trend = InferResponseType<OfEtablissement['trend']['$get'], 200>
export type Changes = InferResponseType<OfEtablissement['changes']['$get'], 200>
export type SchoolYear = Trend['years'][number]
export type PastRequirement = History['requirements'][number]
