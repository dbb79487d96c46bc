import { fail } from '@sveltejs/kit'
import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import type { Threshold } from './threshold-view.ts'
import { readNumber } from './threshold-words.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => ({
  rows: (await read(apiOf(event).v1['alert-thresholds'].$get({ query: {} }), event.url)).rows,
})

const paramOf = (form: FormData) => ({
  academie: typed(form, 'academie'),
  alert: typed(form, 'alerte') as Threshold['alert'],
})

export const actions: Actions = {
  regler: async (event) => {
    const form = await event.request.formData()
    const param = paramOf(form)
    const kept = { at: `${param.academie} ${param.alert}`, value: typed(form, 'valeur') }
    const value = readNumber(kept.value)
    if (value === null) return fail(422, { ...kept, detail: 'Attendu un nombre, par exemple 20 ou 0,5.' })
    const call = apiOf(event).v1['alert-thresholds'][':academie'][':alert']
    const answer = await submit(call.$put({ param, json: { value } }), kept)
    return answer.ok ? { at: kept.at, done: 'Le seuil est réglé : il vaut dans la minute.' } : answer.failure
  },

  rendre: async (event) => {
    const param = paramOf(await event.request.formData())
    const kept = { at: `${param.academie} ${param.alert}`, value: '' }
    const call = apiOf(event).v1['alert-thresholds'][':academie'][':alert']
    const answer = await submit(call.$delete({ param }), kept)
    return answer.ok ? { at: kept.at, done: 'Le seuil d’origine est rendu.' } : answer.failure
  },
}
