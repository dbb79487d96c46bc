import { may } from '#lib/account.ts'
import { apiOf, read } from '#lib/server/api.ts'
import { mosaicQueryOf } from './mosaic-query.ts'
import { packRow } from './mosaic-rows.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => {
  const { url, locals } = event
  const api = apiOf(event)
  const query = mosaicQueryOf(url.searchParams)
  const { departement, ...elsewhere } = query.filters
  const listed = may(locals.me, 'etablissement:read')
  const list = () =>
    read(
      api.v1.etablissements.$get({
        query: {
          ...query.filters,
          sort: query.sort,
          direction: query.direction,
          page: String(query.page),
          pageSize: String(query.pageSize),
        },
      }),
      url,
    )
  const [overview, whole, etablissements] = await Promise.all([
    read(api.v1.overview.$get({ query: query.filters }), url),
    departement ? read(api.v1.overview.$get({ query: elsewhere }), url) : null,
    listed ? list() : null,
  ])
  return {
    overview,
    departements: (whole ?? overview).departements,
    query,
    mosaic: etablissements && {
      ...etablissements,
      rows: etablissements.rows.map(packRow),
    },
  }
}
