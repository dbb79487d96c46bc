import { fail, redirect } from '@sveltejs/kit'
import { typed } from '#lib/form-text.ts'
import { apiOf, fileOf, read, submit } from '#lib/server/api.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => {
  const api = apiOf(event).v1
  const { rows } = await read(api.keys.imports.$get(), event.url)
  const stock = await read(api.stock.$get({ query: {} }), event.url)
  const wanted = event.url.searchParams.get('bilan')
  return { stock, rows, report: rows.find(({ id }) => id === wanted) ?? null }
}

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData()
    const file = fileOf(form, 'fichier')
    const kept = { departement: typed(form, 'departement') }
    if (!file) return fail(422, { ...kept, detail: 'Choisissez le fichier du fabricant, PSKC ou CSV.' })
    const password = form.get('mot-de-passe')
    const preSharedKey = typed(form, 'cle-prepartagee')
    const answer = await submit(
      apiOf(event).v1.keys.imports.$post({
        form: {
          file,
          academie: typed(form, 'academie'),
          ...(kept.departement ? { departement: kept.departement } : {}),
          ...(typeof password === 'string' && password !== '' ? { password } : {}),
          ...(preSharedKey ? { preSharedKey } : {}),
        },
      }),
      kept,
    )
    if (!answer.ok) return answer.failure
    redirect(303, `/cles/import?bilan=${answer.data.id}`)
  },
}
