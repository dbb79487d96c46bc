import { countByStatus, narrow, readFilter } from '#lib/components/etablissement/requirement-filter.ts'
import { apiOf, read } from '#lib/server/api.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => {
  const filter = readFilter(event.url.searchParams)
  const api = apiOf(event)
  const [{ rows: found }, { services }] = await Promise.all([
    read(
      api.v1.etablissements[':uai'].requirements.$get({
        param: { uai: event.params.uai },
        query: {
          ...(filter.level ? { level: filter.level } : {}),
          ...(filter.mode ? { automatic: filter.mode === 'automatique' ? 'true' : 'false' } : {}),
          ...(filter.text ? { q: filter.text } : {}),
        },
      }),
      event.url,
    ),
    read(api.v1.catalogue.$get(), event.url),
  ])
  const rows = filter.service ? found.filter(({ service }) => service === filter.service) : found
  return { filter, counts: countByStatus(rows), total: rows.length, rows: narrow(rows, filter), services }
}
