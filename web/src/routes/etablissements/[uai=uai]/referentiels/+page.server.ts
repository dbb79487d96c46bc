import { apiOf, read } from '#lib/server/api.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => {
  const { rows } = await read(apiOf(event).v1.frameworks.$get(), event.url)
  return { frameworks: rows.filter(({ id }) => id !== 'carine') }
}
