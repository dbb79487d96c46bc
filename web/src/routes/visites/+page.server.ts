import { redirect } from '@sveltejs/kit'
import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => ({
  agenda: await read(apiOf(event).v1['visit-agenda'].$get(), event.url),
})

export const actions: Actions = {
  commencer: async (event) => {
    const form = await event.request.formData()
    const answer = await submit(
      apiOf(event).v1.etablissements[':uai'].visits.$post({
        param: { uai: typed(form, 'uai') },
        json: { campaignId: typed(form, 'campagne') || null },
      }),
    )
    return answer.ok ? redirect(303, `/visites/${answer.data.id}`) : answer.failure
  },
}
