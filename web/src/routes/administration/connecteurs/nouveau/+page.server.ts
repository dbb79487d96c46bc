import { fail, redirect } from '@sveltejs/kit'
import { apiOf, submit } from '#lib/server/api.ts'
import { keptOf, readNewConnector, refusedNumbers } from '../connector-form.ts'
import { KINDS } from '../connector-words.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const kindOf = (url: URL) => KINDS.find(({ kind }) => kind === url.searchParams.get('nature')) ?? null

export const load: PageServerLoad = ({ url }) => ({ chosen: kindOf(url) })

export const actions: Actions = {
  brancher: async (event) => {
    const kind = kindOf(event.url)?.kind
    if (!kind) return fail(422, { detail: 'Choisissez d’abord quel système brancher.', errors: [] })
    const form = await event.request.formData()
    const typed = keptOf(form)
    const refused = refusedNumbers(form)
    if (refused) return fail(422, { ...refused, typed })
    const answer = await submit(apiOf(event).v1.connectors.$post({ json: readNewConnector(kind, form) }), {
      typed,
    })
    if (!answer.ok) return answer.failure
    const { id, secret } = answer.data
    if (secret === null) redirect(303, `/administration/connecteurs/${id}?branche=oui`)
    return { created: { id, secret, name: typed.name } }
  },
}
