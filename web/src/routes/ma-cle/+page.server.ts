import { fail } from '@sveltejs/kit'
import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import type { Actions, PageServerLoad } from './$types.ts'
import { INCIDENTS } from './own-key.ts'

export const load: PageServerLoad = async (event) => ({
  own: await read(apiOf(event).v1.me.key.$get(), event.url),
})

const code = (form: FormData, name: string): string => typed(form, name).replaceAll(/\s/g, '')

export const actions: Actions = {
  pin: async (event) => {
    const form = await event.request.formData()
    const forgotten = typed(form, 'oublie') === 'oui'
    const kept = { at: forgotten ? ('forgotten_pin' as const) : ('change_pin' as const) }
    const pin = code(form, 'nouveau')
    if (pin !== code(form, 'confirmation'))
      return fail(422, { ...kept, detail: 'Les deux saisies du nouveau code PIN diffèrent.' })
    const current = code(form, 'actuel')
    const json = { pin, code: code(form, 'code'), ...(forgotten ? {} : { currentPin: current }) }
    const answer = await submit(apiOf(event).v1.me.key.pin.$post({ json }), kept)
    return answer.ok ? { ...kept, done: answer.data.done } : answer.failure
  },

  resynchronisation: async (event) => {
    const form = await event.request.formData()
    const kept = { at: 'resynchronise' as const }
    const json = { codes: [code(form, 'code1'), code(form, 'code2')] as [string, string] }
    const answer = await submit(apiOf(event).v1.me.key.resynchronisation.$post({ json }), kept)
    return answer.ok ? { ...kept, done: answer.data.done } : answer.failure
  },

  signalement: async (event) => {
    const form = await event.request.formData()
    const kept = { at: 'report' as const, kind: typed(form, 'incident'), reason: typed(form, 'motif') }
    const kind = INCIDENTS.find(({ value }) => value === kept.kind)?.value
    if (!kind) return fail(422, { ...kept, detail: 'Dites si la clé est perdue, volée ou cassée.' })
    if (typed(form, 'confirme') !== 'oui')
      return fail(422, { ...kept, detail: 'Confirmez que la clé doit cesser de fonctionner.' })
    const json = { kind, reason: kept.reason }
    const answer = await submit(apiOf(event).v1.me.key.loss.$post({ json }), kept)
    return answer.ok ? { ...kept, done: answer.data.done } : answer.failure
  },
}
