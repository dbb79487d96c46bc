import { fail, redirect } from '@sveltejs/kit'
import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import { readAnswers } from './visit-form.ts'
import { recordFinding } from './record-finding.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types.ts'

const visitOf = (event: RequestEvent) => apiOf(event).v1.visits[':id']

export const load: PageServerLoad = async (event) => {
  const visit = await read(apiOf(event).v1.visits[':id'].$get({ param: event.params }), event.url)
  const ids = Object.fromEntries(
    visit.services.flatMap(({ items }) => items.map(({ requirement }) => [requirement, crypto.randomUUID()])),
  )
  return {
    visit,
    ids,
    findingId: crypto.randomUUID(),
    closed: event.url.searchParams.get('close'),
    reopened: event.url.searchParams.has('rouverte'),
  }
}

export const actions: Actions = {
  enregistrer: async (event) => {
    const answers = readAnswers(await event.request.formData(), event.locals.now.toISOString())
    const kept = { at: 'enregistrer' as const }
    if (answers.length === 0) return { ...kept, done: 'Rien n’a changé.' }
    const sent = await submit(visitOf(event).answers.$post({ param: event.params, json: { answers } }), kept)
    if (!sent.ok) return sent.failure
    const refused = sent.data.results.find(({ outcome }) => outcome === 'refused')
    if (refused) return fail(409, { ...kept, detail: refused.reason ?? '', errors: [] })
    const conflicts = sent.data.results.filter(({ outcome }) => outcome === 'conflict').length
    return {
      ...kept,
      done:
        conflicts === 0
          ? 'C’est enregistré.'
          : 'C’est enregistré. Une autre personne a répondu entre-temps : choisissez plus bas.',
    }
  },

  trancher: async (event) => {
    const form = await event.request.formData()
    const kept = { at: 'trancher' as const }
    const answerId = typed(form, 'reponse')
    const sent = await submit(
      visitOf(event).conflicts[':answerId'].$post({
        param: { id: event.params.id, answerId },
        json: {
          keep: typed(form, 'garder') === 'nouvelle' ? 'incoming' : 'standing',
          against: typed(form, 'enPlace'),
        },
      }),
      kept,
    )
    return sent.ok ? { ...kept, done: 'Votre choix est fait.' } : sent.failure
  },

  constat: async (event) => {
    const form = await event.request.formData()
    const visit = await submit(visitOf(event).$get({ param: event.params }))
    if (!visit.ok) return visit.failure
    const recorded = await recordFinding(event, visit.data.uai, event.params.id, form)
    if (!recorded.ok)
      return fail(recorded.problem.status, { at: 'constat' as const, ...recorded.failure.data })
    return { at: 'constat' as const, done: 'Le constat est noté.' }
  },

  clore: async (event) => {
    const kept = { at: 'clore' as const }
    const form = await event.request.formData()
    if (typed(form, 'confirmer') !== 'oui')
      return fail(422, { ...kept, detail: 'Cochez la case pour confirmer la clôture.', errors: [] })
    const closed = await submit(visitOf(event).closing.$post({ param: event.params }), kept)
    if (!closed.ok) return closed.failure
    redirect(303, `/visites/${event.params.id}?close=${closed.data.left.length}`)
  },

  rouvrir: async (event) => {
    const form = await event.request.formData()
    const reason = typed(form, 'motif')
    const kept = { at: 'rouvrir' as const, reason }
    if (typed(form, 'confirmer') !== 'oui')
      return fail(422, { ...kept, detail: 'Cochez la case pour confirmer la réouverture.', errors: [] })
    const reopened = await submit(
      visitOf(event).reopening.$post({ param: event.params, json: { reason } }),
      kept,
    )
    if (!reopened.ok) return reopened.failure
    redirect(303, `/visites/${event.params.id}?rouverte=1`)
  },
}
