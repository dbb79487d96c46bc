import type { RequestEvent } from '@sveltejs/kit'
import { apiOf, read } from './api.ts'

/** A service of the catalogue, with how many requirements it has. */
export interface ServiceChoice {
  readonly id: string
  readonly name: string
  readonly count: number
}

/** The services that a campaign may verify, in the catalogue's order. */
export async function serviceChoices(event: RequestEvent): Promise<readonly ServiceChoice[]> {
  const { services, requirements } = await read(apiOf(event).v1.catalogue.$get(), event.url)
  return services.map(({ id, name }) => ({
    id,
    name,
    count: requirements.filter(({ service }) => service === id).length,
  }))
}
