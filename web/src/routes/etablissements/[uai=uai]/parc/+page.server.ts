import { readParcQuery } from '#lib/components/etablissement/parc-query.ts'
import { apiOf, read } from '#lib/server/api.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => {
  const query = readParcQuery(event.url.searchParams)
  const parc = await read(
    apiOf(event).v1.etablissements[':uai'].parc.$get({
      param: { uai: event.params.uai },
      query: {
        page: String(query.page),
        ...(query.text ? { q: query.text } : {}),
        ...(query.kind ? { kind: query.kind } : {}),
        ...(query.retired ? { retired: 'true' } : {}),
      },
    }),
    event.url,
  )
  return { query, parc, collectAddress: `${event.url.origin}/v1/collect/inventory` }
}
