import { apiOf, read } from '#lib/server/api.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => ({
  logs: await read(
    apiOf(event).v1.etablissements[':uai'].logs.$get({ param: { uai: event.params.uai } }),
    event.url,
  ),
})
