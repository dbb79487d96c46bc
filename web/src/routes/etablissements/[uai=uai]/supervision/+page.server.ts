import { may } from '#lib/account.ts'
import { readTarget, typedTarget } from '#lib/components/supervision/target-form.ts'
import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types.ts'

const INCIDENTS_SHOWN = '10'

export const load: PageServerLoad = async (event) => {
  const { uai } = event.params
  const api = apiOf(event).v1
  const of = api.etablissements[':uai']
  const [supervision, targets, incidents] = await Promise.all([
    read(of.supervision.$get({ param: { uai } }), event.url),
    read(of.targets.$get({ param: { uai } }), event.url),
    may(event.locals.me, 'incident:read')
      ? read(
          api.incidents.$get({ query: { uai, state: 'unresolved', pageSize: INCIDENTS_SHOWN } }),
          event.url,
        )
      : null,
  ])
  return { supervision, targets, incidents }
}

const targetsOf = (event: RequestEvent) => apiOf(event).v1.etablissements[':uai'].targets

async function chosen(event: RequestEvent) {
  const form = await event.request.formData()
  return { form, param: { uai: event.params.uai, targetId: typed(form, 'cible') } }
}

export const actions: Actions = {
  declarer: async (event) => {
    const form = await event.request.formData()
    const kept = { at: 'declarer' as const, typed: typedTarget(form) }
    const { uai } = event.params
    const answer = await submit(targetsOf(event).$post({ param: { uai }, json: readTarget(form) }), kept)
    if (!answer.ok) return answer.failure
    const { label } = answer.data
    return {
      at: kept.at,
      done: `${label} est surveillé : les premières mesures viennent en quelques minutes.`,
    }
  },

  cote: async (event) => {
    const { form, param } = await chosen(event)
    const enabled = typed(form, 'surveiller') === 'oui'
    const kept = { at: 'cote' as const }
    const answer = await submit(targetsOf(event)[':targetId'].$patch({ param, json: { enabled } }), kept)
    if (!answer.ok) return answer.failure
    const { label } = answer.data
    return {
      ...kept,
      done: enabled
        ? `${label} est de nouveau surveillé.`
        : `${label} est mis de côté : plus rien n’en est mesuré.`,
    }
  },

  supprimer: async (event) => {
    const { param } = await chosen(event)
    const kept = { at: 'supprimer' as const }
    const answer = await submit(targetsOf(event)[':targetId'].$delete({ param }), kept)
    return answer.ok ? { ...kept, done: 'La cible est supprimée.' } : answer.failure
  },
}
