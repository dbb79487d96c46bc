import { fail, redirect } from '@sveltejs/kit'
import { may } from '#lib/account.ts'
import { campaignOf as askedCampaign } from '#lib/components/campaigns/campaign-form.ts'
import { narrowingOf, readProgressQuery } from '#lib/components/campaigns/campaign-query.ts'
import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import { chosenPerimeter, perimeterChoices } from '#lib/server/campaign-perimeter.ts'
import { serviceChoices } from '#lib/server/service-choices.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types.ts'

const PAGE_SIZE = '50'
type Event = Parameters<PageServerLoad>[0]
const campaignOf = (event: Pick<RequestEvent, 'cookies' | 'request' | 'url' | 'getClientAddress'>) =>
  apiOf(event).v1.campaigns[':id']

async function followed(event: Event) {
  const query = readProgressQuery(event.url.searchParams)
  const one = campaignOf(event)
  const param = event.params
  const [progress, officers, services, candidates] = await Promise.all([
    read(
      one.progress.$get({
        param,
        query: { ...narrowingOf(query), sort: query.sort, page: String(query.page), pageSize: PAGE_SIZE },
      }),
      event.url,
    ),
    read(one.progress.officers.$get({ param }), event.url),
    query.view === 'services' ? read(one.progress.services.$get({ param, query: {} }), event.url) : null,
    may(event.locals.me, 'campaign:manage') ? read(one.officers.$get({ param }), event.url) : null,
  ])
  return {
    query,
    progress,
    officers: officers.rows,
    services: services?.rows ?? [],
    candidates: candidates?.rows ?? [],
  }
}

export const load: PageServerLoad = async (event) => {
  const campaign = await read(campaignOf(event).$get({ param: event.params }), event.url)
  const draft = campaign.state === 'draft'
  return {
    campaign,
    catalogue: draft ? await serviceChoices(event) : [],
    perimeters: draft && may(event.locals.me, 'campaign:manage') ? await perimeterChoices(event) : [],
    followed: draft ? null : await followed(event),
    done: event.url.searchParams.get('fait'),
  }
}

const to = (event: RequestEvent, done: string): never =>
  redirect(303, `/campagnes/${event.params.id}?fait=${done}`)

export const actions: Actions = {
  modifier: async (event) => {
    const form = await event.request.formData()
    const chosen = await chosenPerimeter(event, form)
    if (!chosen.ok) return fail(422, { ...chosen.failure.data, at: 'modifier' as const })
    const json = askedCampaign(chosen.typed, chosen.perimeter)
    const answer = await submit(campaignOf(event).$patch({ param: event.params, json }), {
      at: 'modifier' as const,
      typed: chosen.typed,
    })
    return answer.ok ? to(event, 'modifiee') : answer.failure
  },

  ouvrir: async (event) => {
    const answer = await submit(campaignOf(event).opening.$post({ param: event.params }), {
      at: 'ouvrir' as const,
    })
    return answer.ok ? to(event, 'ouverte') : answer.failure
  },

  abandonner: async (event) => {
    const answer = await submit(campaignOf(event).$delete({ param: event.params }), {
      at: 'abandonner' as const,
    })
    return answer.ok ? redirect(303, '/campagnes') : answer.failure
  },

  clore: async (event) => {
    const kept = { at: 'clore' as const }
    if (typed(await event.request.formData(), 'confirmer') !== 'oui')
      return fail(422, { ...kept, detail: 'Cochez la case pour confirmer la clôture.', errors: [] })
    const answer = await submit(
      campaignOf(event).closing.$post({ param: event.params, json: { confirmed: true } }),
      kept,
    )
    return answer.ok ? to(event, 'close') : answer.failure
  },

  confier: async (event) => {
    const form = await event.request.formData()
    const kept = { at: 'confier' as const }
    const officer = typed(form, 'agent')
    const visitOn = typed(form, 'jour')
    const uais = form.getAll('uai').filter((part): part is string => typeof part === 'string')
    const all = typed(form, 'tous') === 'oui'
    if (!all && uais.length === 0)
      return fail(422, {
        ...kept,
        detail: 'Cochez au moins un établissement, ou tous ceux du filtre.',
        errors: [],
      })
    const json = {
      ...(officer === '' ? {} : { officer: officer === 'personne' ? null : officer }),
      ...(visitOn === '' ? {} : { visitOn }),
      ...(all ? { filter: narrowingOf(readProgressQuery(event.url.searchParams)) } : { uais }),
    }
    const answer = await submit(campaignOf(event).assignments.$put({ param: event.params, json }), kept)
    if (!answer.ok) return answer.failure
    const { etablissements } = answer.data
    return {
      ...kept,
      done:
        etablissements === 1
          ? 'Un établissement est confié.'
          : `${etablissements} établissements sont confiés.`,
    }
  },
}
