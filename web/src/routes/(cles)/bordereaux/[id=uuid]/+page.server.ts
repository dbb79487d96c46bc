import { fail, redirect } from '@sveltejs/kit'
import { typed } from '#lib/form-text.ts'
import { apiOf, fileOf, read, submit } from '#lib/server/api.ts'
import { localPath } from '#lib/url-state.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => ({
  slip: await read(apiOf(event).v1.bordereaux[':id'].$get({ param: event.params }), event.url),
  attached: event.url.searchParams.has('joint'),
})

export const actions: Actions = {
  joindre: async (event) => {
    const form = await event.request.formData()
    const file = fileOf(form, 'fichier')
    const kept = { signedOn: typed(form, 'signe-le'), back: typed(form, 'retour') }
    if (!file) return fail(422, { ...kept, detail: 'Choisissez le scan du bordereau signé.' })
    const answer = await submit(
      apiOf(event).v1.bordereaux[':id'].scans.$post({
        param: event.params,
        form: { file, ...(kept.signedOn ? { signedOn: kept.signedOn } : {}) },
      }),
      kept,
    )
    if (!answer.ok) return answer.failure
    redirect(303, kept.back ? localPath(kept.back) : `/bordereaux/${event.params.id}?joint`)
  },
}
