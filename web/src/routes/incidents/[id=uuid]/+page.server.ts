import { fail } from '@sveltejs/kit'
import { localRunbook } from '#lib/components/incidents/incident-story.ts'
import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import { DOCUMENTS } from '../../exploitation/documents.ts'
import { renderSection } from '../../exploitation/render-document.ts'
import { changeFaults, readIncidentChange, typedChange } from './incident-change.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types.ts'

/** What the runbook of an alert says, as this site shows it; null when the runbook is elsewhere. */
function runbookOf(url: string | null) {
  const local = localRunbook(url)
  const html = local && renderSection(DOCUMENTS.get('alertes') ?? '', local.anchor, 2)
  return local && html ? { href: local.href, html } : null
}

export const load: PageServerLoad = async (event) => {
  const one = apiOf(event).v1.incidents[':id']
  const incident = await read(one.$get({ param: event.params }), event.url)
  const assigns = incident.actions.some(({ action }) => action === 'assign')
  const assignees = assigns ? (await read(one.assignees.$get({ param: event.params }), event.url)).rows : []
  return {
    incident,
    assignees,
    runbook: runbookOf(incident.runbookUrl),
    opened: event.url.searchParams.has('ouvert'),
  }
}

const one = (event: RequestEvent) => apiOf(event).v1.incidents[':id']

export const actions: Actions = {
  prendre: async (event) => {
    const kept = { at: 'acknowledge' as const }
    const answer = await submit(one(event).acknowledgement.$post({ param: event.params }), kept)
    return answer.ok ? { ...kept, done: 'C’est noté : vous le prenez en compte.' } : answer.failure
  },

  confier: async (event) => {
    const chosen = typed(await event.request.formData(), 'personne')
    const kept = { at: 'assign' as const }
    const json = { accountId: chosen || null }
    const answer = await submit(one(event).assignment.$post({ param: event.params, json }), kept)
    if (!answer.ok) return answer.failure
    return { ...kept, done: chosen ? 'L’incident est confié.' : 'L’incident n’est plus confié à personne.' }
  },

  commenter: async (event) => {
    const comment = typed(await event.request.formData(), 'commentaire')
    const kept = { at: 'comment' as const, comment }
    const answer = await submit(one(event).comments.$post({ param: event.params, json: { comment } }), kept)
    return answer.ok ? { at: kept.at, done: 'Le commentaire est ajouté.' } : answer.failure
  },

  resoudre: async (event) => {
    const comment = typed(await event.request.formData(), 'commentaire')
    const kept = { at: 'resolve' as const, comment }
    const answer = await submit(one(event).resolution.$post({ param: event.params, json: { comment } }), kept)
    return answer.ok ? { at: kept.at, done: 'L’incident est résolu.' } : answer.failure
  },

  rouvrir: async (event) => {
    const comment = typed(await event.request.formData(), 'commentaire')
    const kept = { at: 'reopen' as const, comment }
    const answer = await submit(one(event).reopening.$post({ param: event.params, json: { comment } }), kept)
    return answer.ok ? { at: kept.at, done: 'L’incident est rouvert.' } : answer.failure
  },

  corriger: async (event) => {
    const form = await event.request.formData()
    const kept = { at: 'change' as const, typed: typedChange(form) }
    const faults = changeFaults(form)
    if (faults) return fail(422, { ...faults, ...kept })
    const json = readIncidentChange(form)
    const answer = await submit(one(event).$patch({ param: event.params, json }), kept)
    return answer.ok ? { at: kept.at, done: 'L’incident est corrigé.' } : answer.failure
  },
}
