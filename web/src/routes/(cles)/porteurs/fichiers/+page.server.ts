import { error, fail } from '@sveltejs/kit'
import { may } from '#lib/account.ts'
import { apiOf, fileOf, submit } from '#lib/server/api.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const FILE_MISSING = 'Choisissez le fichier CSV à lire.'

export const load: PageServerLoad = ({ locals }) => {
  if (!may(locals.me, 'key:manage'))
    error(
      403,
      'Seuls l’officier de sécurité de proximité et la division informatique importent des porteurs.',
    )
}

export const actions: Actions = {
  porteurs: async (event) => {
    const file = fileOf(await event.request.formData(), 'fichier')
    const kept = { of: 'holders' as const }
    if (!file) return fail(422, { ...kept, detail: FILE_MISSING })
    const answer = await submit(apiOf(event).v1.holders.imports.$post({ form: { file } }), kept)
    return answer.ok ? { ...kept, fileName: file.name, holders: answer.data } : answer.failure
  },
  attributions: async (event) => {
    const file = fileOf(await event.request.formData(), 'fichier')
    const kept = { of: 'bindings' as const }
    if (!file) return fail(422, { ...kept, detail: FILE_MISSING })
    const answer = await submit(apiOf(event).v1.keys.bindings.$post({ form: { file } }), kept)
    return answer.ok ? { ...kept, fileName: file.name, bindings: answer.data } : answer.failure
  },
}
