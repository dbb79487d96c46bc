import { redirect } from '@sveltejs/kit'
import { apiOf, read, submit } from '#lib/server/api.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => ({
  questionnaire: await read(
    apiOf(event).v1.etablissements[':uai'].questionnaire.$get({ param: { uai: event.params.uai } }),
    event.url,
  ),
})

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData()
    const { uai } = event.params
    const answer = await submit(
      apiOf(event).v1.etablissements[':uai'].questionnaire.$post({
        param: { uai },
        json: { withOptional: form.has('facultatives') },
      }),
    )
    if (!answer.ok) return answer.failure
    const { next } = answer.data
    redirect(303, `/etablissements/${uai}/questionnaire/${next ?? 'bilan'}`)
  },
}
