import { fail, redirect } from '@sveltejs/kit'
import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types.ts'
import { sameSerial } from './hand-over-stage.ts'

const handOverOf = (event: RequestEvent) => apiOf(event).v1.keys[':serial']['hand-over']

export const load: PageServerLoad = async (event) => {
  const param = { serial: event.params.serial }
  const call = apiOf(event).v1.keys[':serial']['hand-over'].$get({ param })
  const asked = event.url.searchParams.get('etape')
  const undone = event.url.searchParams.has('annulee')
  const answer = await submit(call)
  if (!answer.ok && answer.problem.status === 409)
    return { handOver: null, place: null, closed: answer.problem.detail, asked, undone }
  const handOver = answer.ok
    ? answer.data
    : await read(apiOf(event).v1.keys[':serial']['hand-over'].$get({ param }), event.url)
  const holder = await read(apiOf(event).v1.holders[':id'].$get({ param: { id: handOver.holder.id } }))
  return { handOver, place: holder.place, closed: null, asked, undone }
}

const here = (event: RequestEvent, query = '') => `/remise/${event.params.serial}${query}`

export const actions: Actions = {
  identite: async (event) => {
    const form = await event.request.formData()
    const kept = {
      at: 'identity' as const,
      document: typed(form, 'document'),
      representative: typed(form, 'representant'),
    }
    if (kept.document === '' || typed(form, 'verifiee') !== 'oui')
      return fail(422, {
        ...kept,
        detail:
          'Choisissez le document que vous avez vu, et confirmez qu’il est bien celui de la personne présente.',
      })
    return { ...kept, checked: true }
  },

  cle: async (event) => {
    const form = await event.request.formData()
    const representative = typed(form, 'representant')
    const serial = typed(form, 'numero')
    const kept = { at: 'key' as const, checked: true, representative, serial }
    const param = { serial: event.params.serial }
    if (typed(form, 'verifiee') !== 'oui') redirect(303, here(event))
    if (serial === '')
      return fail(422, { ...kept, detail: 'Passez la clé au lecteur, ou tapez le numéro gravé dessus.' })
    if (!sameSerial(serial, param.serial))
      return fail(422, {
        ...kept,
        detail: `La clé ${serial} n’est pas celle qui est préparée pour cette personne. Prenez la clé ${param.serial}, ou revenez à la liste.`,
      })
    const json = { identityChecked: true as const, ...(representative ? { representative } : {}) }
    const answer = await submit(handOverOf(event).$post({ param, json }), kept)
    if (!answer.ok) return answer.failure
    redirect(303, here(event, '?etape=bordereau'))
  },

  pin: async (event) => {
    const form = await event.request.formData()
    const pin = typed(form, 'pin')
    const kept = { at: 'pin' as const }
    if (pin !== typed(form, 'confirmation'))
      return fail(422, { ...kept, detail: 'Les deux saisies diffèrent. Recommencez, sans vous presser.' })
    const param = { serial: event.params.serial }
    const answer = await submit(handOverOf(event).pin.$post({ param, json: { pin } }), kept)
    if (!answer.ok) return answer.failure
    redirect(303, here(event, '?etape=code'))
  },

  activation: async (event) => {
    const form = await event.request.formData()
    const json = { pin: typed(form, 'pin'), code: typed(form, 'code') }
    const param = { serial: event.params.serial }
    const answer = await submit(handOverOf(event).activation.$post({ param, json }), { at: 'code' as const })
    if (!answer.ok) return answer.failure
    redirect(303, here(event))
  },

  resynchronisation: async (event) => {
    const form = await event.request.formData()
    const codes: [string, string] = [typed(form, 'code1'), typed(form, 'code2')]
    const param = { serial: event.params.serial }
    const answer = await submit(handOverOf(event).resynchronisation.$post({ param, json: { codes } }), {
      at: 'resynchronisation' as const,
    })
    if (!answer.ok) return answer.failure
    redirect(303, here(event, '?etape=code&resynchronisee=oui'))
  },

  annuler: async (event) => {
    const form = await event.request.formData()
    const kept = { at: 'undo' as const, choice: typed(form, 'choix'), reason: typed(form, 'motif') }
    const reason = kept.reason || kept.choice
    if (reason === '')
      return fail(422, {
        ...kept,
        detail: 'Dites pourquoi la remise s’arrête : le motif reste dans l’historique.',
      })
    const param = { serial: event.params.serial }
    const answer = await submit(handOverOf(event).$delete({ param, json: { reason } }), kept)
    if (!answer.ok) return answer.failure
    redirect(303, here(event, '?annulee=oui'))
  },
}
