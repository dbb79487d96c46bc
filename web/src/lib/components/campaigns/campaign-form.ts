import type { InferRequestType } from 'hono/client'
import { typed } from '#lib/form-text.ts'
import type { Client } from '#lib/api-client.ts'
import type { PERIMETER_WORDS } from './campaign-view.ts'

type ServiceId = NonNullable<InferRequestType<Client['v1']['campaigns']['$post']>['json']['services']>[number]

/** What the form of a campaign holds, as typed. */
export interface TypedCampaign {
  readonly name: string
  readonly purpose: string
  readonly startsOn: string
  readonly endsOn: string
  readonly kind: string
  readonly code: string
  readonly degree: string
  readonly services: readonly string[]
  readonly requirements: string
}

/** In: the form of a campaign. Out: what it must keep showing after a refusal. */
export const typedCampaign = (form: FormData): TypedCampaign => ({
  name: typed(form, 'nom'),
  purpose: typed(form, 'but'),
  startsOn: typed(form, 'debut'),
  endsOn: typed(form, 'fin'),
  kind: typed(form, 'nature'),
  code: typed(form, 'code'),
  degree: typed(form, 'degre'),
  services: form.getAll('services').filter((part): part is string => typeof part === 'string'),
  requirements: typed(form, 'exigences'),
})

/** In: the form of a campaign. Out: what the API is asked; it judges the values. */
export function readCampaign(form: FormData) {
  const kept = typedCampaign(form)
  const requirements = kept.requirements
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter((id) => id !== '')
  return {
    name: kept.name,
    purpose: kept.purpose,
    startsOn: kept.startsOn,
    endsOn: kept.endsOn,
    perimeter: { kind: kept.kind as keyof typeof PERIMETER_WORDS, code: kept.code },
    degree: kept.degree === 'd1' || kept.degree === 'd2' ? (kept.degree as 'd1' | 'd2') : null,
    services: kept.services as ServiceId[],
    requirements,
  }
}
