import { isFunction } from '#lib/components/keys/holder-form.ts'
import { departementOf, pageOf } from '#lib/components/keys/key-query.ts'
import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import { departementsOf } from '#lib/server/departements.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const FOUND_AT_MOST = 100

/** What the address asks; names and logins never stand in it. */
function queryOf(parameters: URLSearchParams) {
  const holderFunction = parameters.get('fonction') ?? ''
  return {
    function: isFunction(holderFunction) ? holderFunction : null,
    departement: departementOf(parameters.get('departement')),
    page: pageOf(parameters.get('page')),
  }
}

const narrowing = ({ function: holderFunction, departement }: ReturnType<typeof queryOf>) => ({
  ...(holderFunction ? { function: holderFunction } : {}),
  ...(departement ? { departement } : {}),
})

export const load: PageServerLoad = async (event) => {
  const query = queryOf(event.url.searchParams)
  const [list, departements] = await Promise.all([
    read(
      apiOf(event).v1.holders.$get({ query: { ...narrowing(query), page: String(query.page) } }),
      event.url,
    ),
    departementsOf(event),
  ])
  return { query, list, departements }
}

export const actions: Actions = {
  chercher: async (event) => {
    const q = typed(await event.request.formData(), 'q')
    if (q === '') return { q, found: null }
    const answer = await submit(
      apiOf(event).v1.holders.$get({
        query: { ...narrowing(queryOf(event.url.searchParams)), q, pageSize: String(FOUND_AT_MOST) },
      }),
      { q },
    )
    return answer.ok ? { q, found: answer.data } : answer.failure
  },
}
