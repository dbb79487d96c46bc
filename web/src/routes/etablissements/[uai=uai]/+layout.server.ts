import { apiOf, read } from '#lib/server/api.ts'
import type { LayoutServerLoad } from './$types.ts'

export const load: LayoutServerLoad = async (event) => ({
  etablissement: await read(
    apiOf(event).v1.etablissements[':uai'].$get({ param: { uai: event.params.uai } }),
    event.url,
  ),
})
