import { apiOf, read } from '#lib/server/api.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => ({
  campaigns: (await read(apiOf(event).v1.campaigns.$get({ query: {} }), event.url)).rows,
})
