import { redirect } from '@sveltejs/kit'
import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => {
  const { rows } = await read(apiOf(event).v1['hand-over-sessions'].$get(), event.url)
  const today = event.locals.now.toISOString().slice(0, 10)
  return {
    coming: rows.filter(({ heldOn }) => heldOn >= today).toReversed(),
    past: rows.filter(({ heldOn }) => heldOn < today),
  }
}

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData()
    const kept = { heldOn: typed(form, 'jour'), startsAt: typed(form, 'heure'), place: typed(form, 'lieu') }
    const { startsAt, ...required } = kept
    const json = { ...required, ...(startsAt ? { startsAt } : {}) }
    const answer = await submit(apiOf(event).v1['hand-over-sessions'].$post({ json }), kept)
    if (!answer.ok) return answer.failure
    redirect(303, `/seances/${answer.data.id}`)
  },
}
