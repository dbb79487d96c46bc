import { error, fail } from '@sveltejs/kit'
import { may } from '#lib/account.ts'
import { typed } from '#lib/form-text.ts'
import { apiOf, submit } from '#lib/server/api.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types.ts'
import { readHelp } from './help-form.ts'

export const load: PageServerLoad = ({ locals }) => {
  if (!may(locals.me, 'key:assist'))
    error(
      403,
      'Cette page est celle de la plateforme d’assistance. Pour votre propre clé, ouvrez « Ma clé ».',
    )
}

/** Those who match; one alone when a person was chosen among them. */
async function search(event: RequestEvent, q: string, chosen: string) {
  const answer = await submit(apiOf(event).v1.assistance.$get({ query: { q } }))
  if (!answer.ok) return { rows: null, more: false, problem: answer.problem }
  const { rows, more } = answer.data
  const one = chosen ? rows.filter(({ holder }) => holder.id === chosen) : rows
  return { rows: one, more: more && !chosen, problem: null }
}

/** Searches are posted: a name stays out of addresses and of their logs. */
export const actions: Actions = {
  chercher: async (event) => {
    const form = await event.request.formData()
    const q = typed(form, 'recherche')
    const { rows, more, problem } = await search(
      event,
      typed(form, 'identifiant') || q,
      typed(form, 'porteur'),
    )
    if (problem) return fail(problem.status, { q, detail: problem.detail })
    return { q, rows, more }
  },

  agir: async (event) => {
    const form = await event.request.formData()
    const [q, id, login] = [typed(form, 'recherche'), typed(form, 'porteur'), typed(form, 'identifiant')]
    const { json, kept } = readHelp(form)
    const answer = await submit(apiOf(event).v1.holders[':id'].assistance.$post({ param: { id }, json }))
    const { rows } = await search(event, login, id)
    const shown = { q, rows, more: false, act: { action: json.action, holderId: id, kept } }
    if (!answer.ok) return fail(answer.problem.status, { ...shown, detail: answer.problem.detail })
    return { ...shown, answer: answer.data }
  },
}
