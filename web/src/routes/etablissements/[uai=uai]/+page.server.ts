import { apiOf, read } from '#lib/server/api.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => ({
  bulletin: await read(
    apiOf(event).v1.etablissements[':uai'].bulletin.$get({ param: { uai: event.params.uai } }),
    event.url,
  ),
})
