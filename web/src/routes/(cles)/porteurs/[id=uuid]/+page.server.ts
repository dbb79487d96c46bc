import { fail } from '@sveltejs/kit'
import { may } from '#lib/account.ts'
import { asHolderChange, isFunction, readHolderForm } from '#lib/components/keys/holder-form.ts'
import { typed } from '#lib/form-text.ts'
import { serial as serialOf } from '../../../../params/serial.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const SUGGESTED_AT_MOST = 50

export const load: PageServerLoad = async (event) => {
  const api = apiOf(event).v1
  const holder = await read(api.holders[':id'].$get({ param: event.params }), event.url)
  const binds = may(event.locals.me, 'key:manage') && holder.key === null && !holder.departed
  const stock = binds
    ? await read(
        api.keys.$get({
          query: {
            state: 'stock',
            pageSize: String(SUGGESTED_AT_MOST),
            ...(holder.departement ? { departement: holder.departement } : {}),
          },
        }),
        event.url,
      )
    : null
  return {
    holder,
    stock: stock && {
      total: stock.total,
      serials: stock.rows.filter(({ expired }) => !expired).map(({ serial }) => serial),
    },
    registered: event.url.searchParams.has('inscrit'),
  }
}

export const actions: Actions = {
  modifier: async (event) => {
    const given = readHolderForm(await event.request.formData())
    const kept = { act: 'modifier' as const, typed: given }
    if (!isFunction(given.fonction))
      return fail(422, { ...kept, detail: 'Choisissez la fonction du porteur.', errors: [] })
    const answer = await submit(
      apiOf(event).v1.holders[':id'].$patch({
        param: event.params,
        json: asHolderChange(given, given.fonction),
      }),
      kept,
    )
    return answer.ok ? { done: 'modifier' as const } : answer.failure
  },

  partir: async (event) => {
    const departed = typed(await event.request.formData(), 'depart') === 'oui'
    const answer = await submit(
      apiOf(event).v1.holders[':id'].$patch({ param: event.params, json: { departed } }),
      { act: 'partir' as const },
    )
    return answer.ok ? { done: 'partir' as const } : answer.failure
  },

  attribuer: async (event) => {
    const serial = typed(await event.request.formData(), 'serie')
    const kept = { act: 'attribuer' as const, serial }
    if (!serialOf(serial))
      return fail(422, { ...kept, detail: 'Tapez le numéro gravé au dos de la clé.', errors: [] })
    const answer = await submit(
      apiOf(event).v1.keys[':serial'].bindings.$post({
        param: { serial },
        json: { holderId: event.params.id },
      }),
      kept,
    )
    return answer.ok ? { done: 'attribuer' as const } : answer.failure
  },
}
