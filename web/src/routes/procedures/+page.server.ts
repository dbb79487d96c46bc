import { apiOf, read } from '#lib/server/api.ts'
import type { PageServerLoad } from './$types.ts'
import { caseOf } from './cases.ts'

export const load: PageServerLoad = async (event) => {
  const { searchParams } = event.url
  const kind = caseOf(searchParams.get('cas'))?.kind ?? null
  const closed = searchParams.get('closes') === 'oui'
  const page = searchParams.get('page') ?? '1'
  const query = { open: closed ? ('false' as const) : ('true' as const), page, ...(kind ? { kind } : {}) }
  return { list: await read(apiOf(event).v1.procedures.$get({ query }), event.url), kind, closed }
}
