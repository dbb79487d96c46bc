import { redirect } from '@sveltejs/kit'
import { readKeyQuery } from '#lib/components/keys/key-query.ts'
import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import { departementsOf } from '#lib/server/departements.ts'
import type { Actions, PageServerLoad } from './$types.ts'

type Query = ReturnType<typeof readKeyQuery>

const FOUND_AT_MOST = 100

const narrowing = ({ state, departement, expiring }: Query) => ({
  ...(state ? { state } : {}),
  ...(departement ? { departement } : {}),
  ...(expiring ? { expiring } : {}),
})

export const load: PageServerLoad = async (event) => {
  const query = readKeyQuery(event.url.searchParams)
  const [list, departements] = await Promise.all([
    read(apiOf(event).v1.keys.$get({ query: { ...narrowing(query), page: String(query.page) } }), event.url),
    departementsOf(event),
  ])
  return { query, list, departements }
}

export const actions: Actions = {
  chercher: async (event) => {
    const q = typed(await event.request.formData(), 'q')
    if (q === '') return { q, found: null }
    const answer = await submit(
      apiOf(event).v1.keys.$get({
        query: { ...narrowing(readKeyQuery(event.url.searchParams)), q, pageSize: String(FOUND_AT_MOST) },
      }),
      { q },
    )
    if (!answer.ok) return answer.failure
    const exact = answer.data.rows.find(({ serial }) => serial.toLowerCase() === q.toLowerCase())
    if (exact) redirect(303, `/cles/${encodeURIComponent(exact.serial)}`)
    return { q, found: answer.data }
  },
}
