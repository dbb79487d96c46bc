import type { InferResponseType } from 'hono/client'
import type { Client } from '#lib/api-client.ts'

type Api = Client['v1']

export type KeyList = InferResponseType<Api['keys']['$get'], 200>
export type KeySummary = KeyList['rows'][number]
export type KeyState = KeySummary['state']
export type KeyFile = InferResponseType<Api['keys'][':serial']['$get'], 200>
export type HistoryEntry = KeyFile['history'][number]
export type AllowedTransition = KeyFile['allowed'][number]
export type KeyTransition = AllowedTransition['transition']
export type SlipRef = KeyFile['bordereaux'][number]
export type Credential = NonNullable<KeyFile['credential']>

export type HolderList = InferResponseType<Api['holders']['$get'], 200>
export type HolderRow = HolderList['rows'][number]
export type HolderFile = InferResponseType<Api['holders'][':id']['$get'], 200>
export type HolderFunction = HolderRow['function']

export type SlipList = InferResponseType<Api['bordereaux']['$get'], 200>
export type SlipRow = SlipList['rows'][number]
export type Slip = InferResponseType<Api['bordereaux'][':id']['$get'], 200>

export type Deployment = InferResponseType<Api['deployment']['$get'], 200>

export type RefusedLine = InferResponseType<Api['holders']['imports']['$post'], 200>['refusals'][number]

export type Stock = InferResponseType<Api['stock']['$get'], 200>
export type StockDepartement = Stock['departements'][number]
export type Holdings = NonNullable<Stock['unassigned']>
export type Shipment = InferResponseType<Api['shipments']['$get'], 200>['rows'][number]
export type KeyImport = InferResponseType<Api['keys']['imports']['$get'], 200>['rows'][number]

export type Recipient = InferResponseType<Api['deployment']['recipients']['$get'], 200>['rows'][number]
export type Mail = InferResponseType<Api['deployment']['mails']['$get'], 200>['rows'][number]
