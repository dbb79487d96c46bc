import type { InferRequestType, InferResponseType } from 'hono/client'
import type { Client } from '#lib/api-client.ts'

type Api = Client['v1']['etablissements'][':uai']

export type Backups = InferResponseType<Api['backups']['$get'], 200>
export type Repository = Backups['repositories'][number]
export type RestoreTests = InferResponseType<Api['restore-tests']['$get'], 200>
export type RestoreTest = RestoreTests['rows'][number]
export type NewRestoreTest = InferRequestType<Api['restore-tests']['$post']>['json']
export type Verification = InferResponseType<Api['restore-tests'][':id']['$get'], 200>
export type SigningKeys = InferResponseType<Api['signing-keys']['$get'], 200>
export type SigningKey = SigningKeys['rows'][number]
