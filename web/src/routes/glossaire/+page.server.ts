import { apiOf, read } from '#lib/server/api.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => {
  const { glossary } = await read(apiOf(event).v1.catalogue.$get(), event.url)
  return { glossary }
}
