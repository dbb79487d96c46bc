import { may } from '#lib/account.ts'
import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import { readIdentity, typedSource } from './source-form.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types.ts'

const academiesOf = ({ locals }: { locals: App.Locals }): string[] => [
  ...new Set(
    locals.me?.grants.flatMap(({ perimeter }) => (perimeter.kind === 'academie' ? [perimeter.code] : [])),
  ),
]

export const load: PageServerLoad = async (event) => {
  const { v1 } = apiOf(event)
  const [uai, q] = [event.url.searchParams.get('uai') ?? '', event.url.searchParams.get('q') ?? '']
  const query = { ...(uai === '' ? {} : { uai }), ...(q === '' ? {} : { q }) }
  const [sources, ...ranges] = await Promise.all([
    read(v1['log-sources'].$get({ query }), event.url),
    ...academiesOf(event).map((academie) =>
      read(v1['log-retention-ranges'][':academie'].$get({ param: { academie } }), event.url),
    ),
  ])
  return { sources, ranges, uai, q, canDecide: may(event.locals.me, 'log_retention:decide') }
}

async function chosen(event: RequestEvent) {
  const form = await event.request.formData()
  return { form, param: { id: typed(form, 'source') }, kept: { at: typed(form, 'source') } }
}
const sourceAt = (event: RequestEvent) => apiOf(event).v1['log-sources'][':id']

export const actions: Actions = {
  ajouter: async (event) => {
    const form = await event.request.formData()
    const source = typedSource(form)
    const kept = { at: 'ajouter', typed: source }
    const json = { uai: source.uai, label: source.label, ...readIdentity(source.certificate) }
    const answer = await submit(apiOf(event).v1['log-sources'].$post({ json }), kept)
    if (!answer.ok) return answer.failure
    return { at: kept.at, done: `${answer.data.label} est attendue. Son identifiant : ${answer.data.id}` }
  },

  changer: async (event) => {
    const { form, param, kept } = await chosen(event)
    const certificate = typed(form, 'certificat')
    const json = { label: typed(form, 'nom'), ...(certificate === '' ? {} : readIdentity(certificate)) }
    const answer = await submit(sourceAt(event).$patch({ param, json }), kept)
    return answer.ok ? { ...kept, done: 'La source est à jour.' } : answer.failure
  },

  cote: async (event) => {
    const { form, param, kept } = await chosen(event)
    const enabled = typed(form, 'attendre') === 'oui'
    const answer = await submit(sourceAt(event).$patch({ param, json: { enabled } }), kept)
    if (!answer.ok) return answer.failure
    return { ...kept, done: enabled ? 'La source est de nouveau attendue.' : 'La source est mise de côté.' }
  },

  supprimer: async (event) => {
    const { param } = await chosen(event)
    const kept = { at: 'liste' }
    const answer = await submit(sourceAt(event).$delete({ param }), kept)
    return answer.ok
      ? { ...kept, done: 'La source est supprimée, et ses comptes avec elle.' }
      : answer.failure
  },

  duree: async (event) => {
    const form = await event.request.formData()
    const kept = { at: 'duree', shortest: typed(form, 'courte'), longest: typed(form, 'longue') }
    const json = { shortestDays: Number(kept.shortest), longestDays: Number(kept.longest) }
    const call = apiOf(event).v1['log-retention-ranges'][':academie']
    const param = { academie: typed(form, 'academie') }
    const answer = await submit(call.$put({ param, json }), kept)
    return answer.ok
      ? { at: kept.at, done: 'La durée légale est fixée : elle vaut au prochain relevé.' }
      : answer.failure
  },
}
