import { SEVERITIES } from '#lib/components/incidents/incident-words.ts'
import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import { departementsOf } from '#lib/server/departements.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => {
  const [recipients, departements] = await Promise.all([
    read(apiOf(event).v1['incident-recipients'].$get(), event.url),
    departementsOf(event),
  ])
  return { ...recipients, departements }
}

export const actions: Actions = {
  ajouter: async (event) => {
    const form = await event.request.formData()
    const kept = {
      at: 'ajouter' as const,
      mail: typed(form, 'mail'),
      severity: typed(form, 'gravite'),
      departement: typed(form, 'departement'),
    }
    const severity = SEVERITIES.find((known) => known === kept.severity) ?? 'critical'
    const json = { mail: kept.mail, severity, departement: kept.departement || null }
    const answer = await submit(apiOf(event).v1['incident-recipients'].$post({ json }), kept)
    return answer.ok ? { at: kept.at, done: `${kept.mail} sera prévenue.` } : answer.failure
  },

  retirer: async (event) => {
    const mail = typed(await event.request.formData(), 'mail')
    const kept = { at: 'retirer' as const }
    const call = apiOf(event).v1['incident-recipients'][':mail'].$delete({ param: { mail } })
    const answer = await submit(call, kept)
    return answer.ok ? { ...kept, done: `${mail} ne sera plus prévenue.` } : answer.failure
  },
}
