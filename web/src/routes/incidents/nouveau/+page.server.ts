import { error, redirect } from '@sveltejs/kit'
import { may } from '#lib/account.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import { keptOf, readNewIncident } from './new-incident.ts'
import { whereOf } from './place.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => {
  if (!may(event.locals.me, 'incident:open'))
    error(403, 'Votre compte lit les incidents, mais n’en ouvre pas.')
  const [where, catalogue] = await Promise.all([
    whereOf(event),
    read(apiOf(event).v1.catalogue.$get(), event.url),
  ])
  return { where, services: catalogue.services.map(({ id, name }) => ({ id, name })) }
}

export const actions: Actions = {
  ouvrir: async (event) => {
    const form = await event.request.formData()
    const kept = { typed: keptOf(form) }
    const answer = await submit(apiOf(event).v1.incidents.$post({ json: readNewIncident(form) }), kept)
    if (!answer.ok) return answer.failure
    redirect(303, `/incidents/${answer.data.id}?ouvert=oui`)
  },
}
