import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => ({
  connectors: (await read(apiOf(event).v1.connectors.$get(), event.url)).rows,
  removed: event.url.searchParams.has('retire'),
})

export const actions: Actions = {
  essayer: async (event) => {
    const id = typed(await event.request.formData(), 'connecteur')
    const answer = await submit(apiOf(event).v1.connectors[':id'].trial.$post({ param: { id } }), { at: id })
    return answer.ok ? { at: id, trial: answer.data } : answer.failure
  },
}
