import { fail, redirect } from '@sveltejs/kit'
import { may } from '#lib/account.ts'
import { departementOf } from '#lib/components/keys/key-query.ts'
import { wholeNumber } from '#lib/components/keys/whole-number.ts'
import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => {
  const api = apiOf(event).v1
  const parameters = event.url.searchParams
  const keeper = may(event.locals.me, 'key:stock')
  const [{ rows }, stock] = await Promise.all([
    read(api.shipments.$get({ query: {} }), event.url),
    keeper ? read(api.stock.$get({ query: {} }), event.url) : null,
  ])
  return {
    stock,
    rows,
    sent: rows.find(({ id }) => id === parameters.get('envoyee')) ?? null,
    received: rows.find(({ id }) => id === parameters.get('recue')) ?? null,
    suggested: {
      departement: departementOf(parameters.get('departement')) ?? '',
      count: String(wholeNumber(parameters.get('nombre') ?? '') ?? ''),
      serials: '',
      comment: '',
    },
  }
}

/** Serials as they are typed, scanned or pasted: one a line, or apart by spaces, commas, semicolons. */
const serialsOf = (text: string): string[] => text.split(/[\s,;]+/).filter((serial) => serial !== '')

export const actions: Actions = {
  expedier: async (event) => {
    const form = await event.request.formData()
    const kept = {
      typed: {
        departement: typed(form, 'departement'),
        count: typed(form, 'nombre'),
        serials: typed(form, 'series'),
        comment: typed(form, 'commentaire'),
      },
    }
    const { departement, comment } = kept.typed
    const serials = serialsOf(kept.typed.serials)
    const count = wholeNumber(kept.typed.count)
    if (departement === '')
      return fail(422, { ...kept, detail: 'Choisissez le département qui reçoit les clés.' })
    if (serials.length > 0 && kept.typed.count !== '')
      return fail(422, {
        ...kept,
        detail: 'Donnez un nombre de clés, ou leurs numéros de série, mais pas les deux.',
      })
    if (serials.length === 0 && count === null)
      return fail(422, { ...kept, detail: 'Donnez le nombre de clés à expédier, un nombre entier.' })
    const answer = await submit(
      apiOf(event).v1.shipments.$post({
        json: {
          departement,
          ...(serials.length > 0 ? { serials } : { count: count ?? 0 }),
          ...(comment ? { comment } : {}),
        },
      }),
      kept,
    )
    if (!answer.ok) return answer.failure
    redirect(303, `/cles/expeditions?envoyee=${answer.data.id}`)
  },

  recevoir: async (event) => {
    const form = await event.request.formData()
    const id = typed(form, 'expedition')
    const kept = { receiving: id }
    if (form.get('compte') !== 'oui')
      return fail(422, { ...kept, detail: 'Comptez les clés reçues, puis cochez la case.' })
    const answer = await submit(apiOf(event).v1.shipments[':id'].reception.$post({ param: { id } }), kept)
    if (!answer.ok) return answer.failure
    redirect(303, `/cles/expeditions?recue=${id}`)
  },
}
