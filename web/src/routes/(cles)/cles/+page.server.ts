import { fail, redirect } from '@sveltejs/kit'
import { may } from '#lib/account.ts'
import { departementOf } from '#lib/components/keys/key-query.ts'
import { wholeNumber } from '#lib/components/keys/whole-number.ts'
import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => {
  if (!may(event.locals.me, 'key:manage')) redirect(303, '/cles/liste')
  const api = apiOf(event)
  const [stock, shipments] = await Promise.all([
    read(api.v1.stock.$get({ query: {} }), event.url),
    read(api.v1.shipments.$get({ query: { pending: 'true' } }), event.url),
  ])
  return { stock, pending: shipments.rows }
}

export const actions: Actions = {
  seuil: async (event) => {
    const form = await event.request.formData()
    const departement = departementOf(typed(form, 'departement')) ?? ''
    const kept = { departement, minimum: typed(form, 'minimum') }
    const minimum = wholeNumber(kept.minimum)
    if (minimum === null)
      return fail(422, { ...kept, detail: 'Le seuil est un nombre entier de clés ; 0 le retire.' })
    const answer = await submit(
      apiOf(event).v1.stock.thresholds[':departement'].$put({ param: { departement }, json: { minimum } }),
      kept,
    )
    return answer.ok ? { departement, saved: true as const } : answer.failure
  },
}
