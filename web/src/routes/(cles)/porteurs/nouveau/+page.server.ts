import { error, fail, redirect } from '@sveltejs/kit'
import { may } from '#lib/account.ts'
import { asNewHolder, isFunction, readHolderForm } from '#lib/components/keys/holder-form.ts'
import { apiOf, submit } from '#lib/server/api.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = ({ locals }) => {
  if (!may(locals.me, 'key:manage'))
    error(403, 'Seuls l’officier de sécurité de proximité et la division informatique inscrivent un porteur.')
}

export const actions: Actions = {
  default: async (event) => {
    const typed = readHolderForm(await event.request.formData())
    const holderFunction = typed.fonction
    if (!isFunction(holderFunction))
      return fail(422, { typed, detail: 'Choisissez d’abord la fonction du porteur.', errors: [] })
    const answer = await submit(apiOf(event).v1.holders.$post({ json: asNewHolder(typed, holderFunction) }), {
      typed,
    })
    if (!answer.ok) return answer.failure
    redirect(303, `/porteurs/${answer.data.id}?inscrit`)
  },
}
