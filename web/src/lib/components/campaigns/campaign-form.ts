import type { InferRequestType } from 'hono/client'
import { typed } from '#lib/form-text.ts'
import type { Client } from '#lib/api-client.ts'
import type { PERIMETER_WORDS } from './campaign-view.ts'

type ServiceId = NonNullable<InferRequestType<Client['v1']['campaigns']['$post']>['json']['services']>[number]

export interface Perimeter {
  readonly kind: keyof typeof PERIMETER_WORDS
  readonly code: string
}

/** What the form of a campaign holds, as typed. */
export interface TypedCampaign {
  readonly name: string
  readonly purpose: string
  readonly startsOn: string
  readonly endsOn: string
  /** `kind:code`; `etablissement` for a single one, which is named beside; empty when nothing is chosen. */
  readonly perimeter: string
  /** The single establishment: words of its name or commune, or its UAI. */
  readonly etablissement: string
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
  perimeter: typed(form, 'perimetre'),
  etablissement: typed(form, 'etablissement').slice(0, 100),
  degree: typed(form, 'degre'),
  services: form.getAll('services').filter((part): part is string => typeof part === 'string'),
  requirements: typed(form, 'exigences'),
})

/** In: a perimeter (or none). Out: what the form holds for it. */
export const typedPerimeter = (
  perimeter: Perimeter | undefined,
): Pick<TypedCampaign, 'perimeter' | 'etablissement'> =>
  perimeter?.kind === 'etablissement'
    ? { perimeter: 'etablissement', etablissement: perimeter.code }
    : { perimeter: perimeter ? `${perimeter.kind}:${perimeter.code}` : '', etablissement: '' }

/** In: what the form of a campaign holds, and its perimeter. Out: what the API is asked; it judges the values. */
export function campaignOf(kept: TypedCampaign, perimeter: Perimeter) {
  const requirements = kept.requirements
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter((id) => id !== '')
  return {
    name: kept.name,
    purpose: kept.purpose,
    startsOn: kept.startsOn,
    endsOn: kept.endsOn,
    perimeter,
    degree: kept.degree === 'd1' || kept.degree === 'd2' ? (kept.degree as 'd1' | 'd2') : null,
    services: kept.services as ServiceId[],
    requirements,
  }
}
