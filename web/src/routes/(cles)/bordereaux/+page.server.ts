import { readSlipQuery, slipApiQuery } from '#lib/components/keys/slip-query.ts'
import { apiOf, read } from '#lib/server/api.ts'
import { departementsOf } from '#lib/server/departements.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => {
  const api = apiOf(event).v1.bordereaux
  const query = readSlipQuery(event.url.searchParams)
  const [list, waiting, departements] = await Promise.all([
    read(api.$get({ query: slipApiQuery(query) }), event.url),
    read(api.$get({ query: { unsignedForDays: '15', pageSize: '1' } }), event.url),
    departementsOf(event),
  ])
  return { query, list, late: waiting.total, departements }
}
