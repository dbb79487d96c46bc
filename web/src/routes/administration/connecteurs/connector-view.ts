import type { InferRequestType, InferResponseType } from 'hono/client'
import type { Client } from '#lib/api-client.ts'

type Api = Client['v1']['connectors']

export type Connector = InferResponseType<Api['$get'], 200>['rows'][number]
export type ConnectorKind = Connector['kind']
export type NewConnector = InferRequestType<Api['$post']>['json']
export type ConnectorChange = InferRequestType<Api[':id']['$patch']>['json']
export type Trial = InferResponseType<Api[':id']['trial']['$post'], 200>
export type Deliveries = InferResponseType<Api[':id']['deliveries']['$get'], 200>
export type Delivery = Deliveries['rows'][number]
