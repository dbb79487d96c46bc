import type { InferResponseType } from 'hono/client'
import type { Client } from '#lib/api-client.ts'

type OfEtablissement = Client['v1']['etablissements'][':uai']

export type Etablissement = InferResponseType<OfEtablissement['$get'], 200>
export type Bulletin = InferResponseType<OfEtablissement['bulletin']['$get'], 200>
export type RequirementRow = InferResponseType<OfEtablissement['requirements']['$get'], 200>['rows'][number]
export type RequirementDetail = InferResponseType<
  OfEtablissement['requirements'][':requirement']['$get'],
  200
>

type OfParc = OfEtablissement['parc']

export type Parc = InferResponseType<OfParc['$get'], 200>
export type MachineRow = Parc['rows'][number]
export type Machine = InferResponseType<OfParc[':machineId']['$get'], 200>
