import { error, fail, redirect } from '@sveltejs/kit'
import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import { keptOf, readConnectorChange, refusedNumbers } from '../connector-form.ts'
import { DELIVERY_STATES } from '../connector-words.ts'
import type { Connector } from '../connector-view.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types.ts'

const GONE = 'Ce connecteur n’existe pas, ou il a été retiré.'

async function connectorOf(event: RequestEvent | Parameters<PageServerLoad>[0]): Promise<Connector> {
  const { rows } = await read(apiOf(event).v1.connectors.$get(), event.url)
  return rows.find(({ id }) => id === event.params.id) ?? error(404, GONE)
}

const one = (event: RequestEvent) => apiOf(event).v1.connectors[':id']

export const load: PageServerLoad = async (event) => {
  const { searchParams } = event.url
  const state = DELIVERY_STATES.find((known) => known === searchParams.get('etat')) ?? null
  const query = { page: searchParams.get('page') ?? '1', ...(state ? { state } : {}) }
  const [connector, deliveries] = await Promise.all([
    connectorOf(event),
    read(apiOf(event).v1.connectors[':id'].deliveries.$get({ param: event.params, query }), event.url),
  ])
  return { connector, deliveries, state, added: searchParams.has('branche') }
}

export const actions: Actions = {
  regler: async (event) => {
    const form = await event.request.formData()
    const kept = { at: 'regler' as const, typed: keptOf(form) }
    const refused = refusedNumbers(form)
    if (refused) return fail(422, { ...refused, ...kept })
    const { kind } = await connectorOf(event)
    const json = readConnectorChange(kind, form)
    const answer = await submit(one(event).$patch({ param: event.params, json }), kept)
    return answer.ok ? { at: 'regler' as const, done: 'Les réglages sont enregistrés.' } : answer.failure
  },

  service: async (event) => {
    const enabled = typed(await event.request.formData(), 'service') === 'oui'
    const kept = { at: 'service' as const }
    const answer = await submit(one(event).$patch({ param: event.params, json: { enabled } }), kept)
    if (!answer.ok) return answer.failure
    const done = enabled
      ? 'Le connecteur reprend : les prochaines étapes des incidents sont transmises.'
      : 'Le connecteur est suspendu : plus rien n’est transmis.'
    return { ...kept, done }
  },

  secret: async (event) => {
    const kept = { at: 'secret' as const }
    const answer = await submit(one(event).$patch({ param: event.params, json: { renewSecret: true } }), kept)
    return answer.ok ? { ...kept, secret: answer.data.secret } : answer.failure
  },

  essayer: async (event) => {
    const kept = { at: 'essayer' as const }
    const answer = await submit(one(event).trial.$post({ param: event.params }), kept)
    return answer.ok ? { ...kept, trial: answer.data } : answer.failure
  },

  reprendre: async (event) => {
    const deliveryId = typed(await event.request.formData(), 'envoi')
    const kept = { at: 'reprendre' as const }
    const param = { id: event.params.id, deliveryId }
    const answer = await submit(one(event).deliveries[':deliveryId'].retry.$post({ param }), kept)
    return answer.ok ? { ...kept, done: 'L’envoi repart dans un instant.' } : answer.failure
  },

  retirer: async (event) => {
    const confirmation = typed(await event.request.formData(), 'confirmation')
    const kept = { at: 'retirer' as const }
    const { name } = await connectorOf(event)
    if (confirmation.toLocaleLowerCase('fr') !== name.toLocaleLowerCase('fr'))
      return fail(422, { ...kept, detail: `Pour retirer ce connecteur, tapez son nom : ${name}.` })
    const answer = await submit(one(event).$delete({ param: event.params }), kept)
    if (!answer.ok) return answer.failure
    redirect(303, '/administration/connecteurs?retire=oui')
  },
}
