import type { InferRequestType, InferResponseType } from 'hono/client'
import type { Client } from '#lib/api-client.ts'

type Api = Client['v1']['etablissements'][':uai']

export type Supervision = InferResponseType<Api['supervision']['$get'], 200>
export type ServiceState = Supervision['services'][number]
export type Targets = InferResponseType<Api['targets']['$get'], 200>
export type Target = Targets['rows'][number]
export type NewTarget = InferRequestType<Api['targets']['$post']>['json']
