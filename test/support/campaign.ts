import type { Credentials, Api } from './api.ts'

interface Asked {
  readonly perimeter?: { readonly kind: string; readonly code: string }
  readonly services?: readonly string[]
  readonly requirements?: readonly string[]
  readonly degree?: 'd1' | 'd2' | null
  readonly basedOn?: string
  readonly startsOn?: string
  readonly endsOn?: string
}

/** Prepares a campaign through the API. Out: its id. */
export async function aDraft(api: Api, as: Credentials, asked: Asked): Promise<string> {
  const response = await api.request('/v1/campaigns', {
    method: 'POST',
    as,
    json: {
      name: 'Sauvegardes avant l’hiver',
      purpose: 'Vérifier que chaque école sait restaurer ses fichiers.',
      startsOn: '2026-11-16',
      endsOn: '2026-12-18',
      ...asked,
    },
  })
  if (response.status !== 201) throw new Error(`draft answered ${response.status}: ${await response.text()}`)
  return ((await response.json()) as { id: string }).id
}

/** Prepares and opens a campaign through the API. Out: its id. */
export async function anOpenCampaign(api: Api, as: Credentials, asked: Asked): Promise<string> {
  const id = await aDraft(api, as, asked)
  const response = await api.request(`/v1/campaigns/${id}/opening`, { method: 'POST', as })
  if (response.status !== 200)
    throw new Error(`opening answered ${response.status}: ${await response.text()}`)
  return id
}
