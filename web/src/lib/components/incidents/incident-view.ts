import type { InferRequestType, InferResponseType } from 'hono/client'
import type { Client } from '#lib/api-client.ts'

type Api = Client['v1']['incidents']

export type IncidentList = InferResponseType<Api['$get'], 200>
export type IncidentRow = IncidentList['rows'][number]
export type Incident = InferResponseType<Api[':id']['$get'], 200>
export type IncidentEvent = Incident['events'][number]
export type IncidentAlert = Incident['alerts'][number]
export type IncidentAction = Incident['actions'][number]
export type NewIncident = InferRequestType<Api['$post']>['json']
export type IncidentChange = InferRequestType<Api[':id']['$patch']>['json']
export type Assignees = InferResponseType<Api[':id']['assignees']['$get'], 200>['rows']
export type IncidentFigures = InferResponseType<Client['v1']['incident-figures']['$get'], 200>
export type IncidentRecipients = InferResponseType<Client['v1']['incident-recipients']['$get'], 200>
