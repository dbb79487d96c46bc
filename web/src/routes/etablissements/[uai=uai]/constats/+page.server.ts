import { fail, redirect } from '@sveltejs/kit'
import { may } from '#lib/account.ts'
import { pageOf } from '#lib/components/keys/key-query.ts'
import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const STATES = ['open', 'done', 'dropped'] as const

export const load: PageServerLoad = async (event) => {
  const of = apiOf(event).v1.etablissements[':uai']
  const param = { uai: event.params.uai }
  const state = STATES.find((known) => known === event.url.searchParams.get('etat'))
  const [findings, visits, campaigns] = await Promise.all([
    read(
      of.findings.$get({
        param,
        query: { ...(state ? { state } : {}), page: String(pageOf(event.url.searchParams.get('page'))) },
      }),
      event.url,
    ),
    read(of.visits.$get({ param }), event.url),
    read(of.campaigns.$get({ param }), event.url),
  ])
  return {
    state: state ?? null,
    findings,
    visits: visits.rows,
    campaigns: campaigns.rows,
    works: may(event.locals.me, 'visit:work'),
    writes: may(event.locals.me, 'finding:write'),
    settles: may(event.locals.me, 'finding:settle'),
    arbitrates: may(event.locals.me, 'arbitration:write'),
  }
}

export const actions: Actions = {
  suivre: async (event) => {
    const form = await event.request.formData()
    const state = STATES.find((known) => known === typed(form, 'etat'))
    const kept = { at: typed(form, 'constat') }
    if (!state) return fail(422, { ...kept, detail: 'Dites ce que le constat est devenu.', errors: [] })
    const comment = typed(form, 'commentaire')
    const answer = await submit(
      apiOf(event).v1.findings[':id'].$patch({
        param: { id: typed(form, 'constat') },
        json: { state, ...(comment ? { comment } : {}) },
      }),
      kept,
    )
    return answer.ok ? { ...kept, done: 'Le constat est à jour.' } : answer.failure
  },

  visiter: async (event) => {
    const form = await event.request.formData()
    const answer = await submit(
      apiOf(event).v1.etablissements[':uai'].visits.$post({
        param: { uai: event.params.uai },
        json: { campaignId: typed(form, 'campagne') || null },
      }),
      { at: 'visiter' },
    )
    return answer.ok ? redirect(303, `/visites/${answer.data.id}`) : answer.failure
  },
}
