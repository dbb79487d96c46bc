import type { InferResponseType } from 'hono/client'
import type { Client } from '#lib/api-client.ts'

type Logs = InferResponseType<Client['v1']['etablissements'][':uai']['logs']['$get'], 200>
export type LogRow = InferResponseType<Client['v1']['log-sources']['$get'], 200>['rows'][number]
export type LogRange = Logs['range']
export type LogDay = Logs['days'][number]
export type EtablissementSource = Logs['sources'][number]
export type RetentionRange = InferResponseType<Client['v1']['log-retention-ranges'][':academie']['$get'], 200>
