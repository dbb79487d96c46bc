import { redirect } from '@sveltejs/kit'
import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const LIMIT = '200'

export const load: PageServerLoad = async (event) => {
  const keys = apiOf(event).v1.keys
  const inState = (state: 'initialised' | 'handed_over') =>
    read(keys.$get({ query: { state, handOver: 'mine', pageSize: LIMIT } }), event.url)
  const [prepared, begun] = await Promise.all([inState('initialised'), inState('handed_over')])
  return { prepared: prepared.rows, begun: begun.rows, total: prepared.total }
}

/** A name is searched by a form that is posted: it stays out of addresses and of their logs. */
export const actions: Actions = {
  default: async (event) => {
    const q = typed(await event.request.formData(), 'recherche')
    if (q === '') return { q, found: null }
    const query = { q, handOver: 'mine' as const, pageSize: LIMIT }
    const answer = await submit(apiOf(event).v1.keys.$get({ query }), { q, found: null })
    if (!answer.ok) return answer.failure
    const found = answer.data.rows.filter(({ state }) => state === 'initialised' || state === 'handed_over')
    const scanned = found.find(({ serial }) => serial.toLowerCase() === q.toLowerCase())
    if (scanned) redirect(303, `/remise/${scanned.serial}`)
    return { q, found }
  },
}
