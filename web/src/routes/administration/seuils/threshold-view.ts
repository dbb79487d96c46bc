import type { InferResponseType } from 'hono/client'
import type { Client } from '#lib/api-client.ts'

export type Threshold = InferResponseType<Client['v1']['alert-thresholds']['$get'], 200>['rows'][number]
