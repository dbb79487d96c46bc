import { typed } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import type { StepInput } from '../cases.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const INCIDENTS = ['lost', 'stolen', 'broken'] as const

export const load: PageServerLoad = async (event) => ({
  procedure: await read(apiOf(event).v1.procedures[':id'].$get({ param: event.params }), event.url),
  opened: event.url.searchParams.has('ouverte'),
})

export const actions: Actions = {
  etape: async (event) => {
    const form = await event.request.formData()
    const step = typed(form, 'etape') as StepInput['step']
    const kept = { at: step as string, reason: typed(form, 'motif'), incident: typed(form, 'incident') }
    const incident = INCIDENTS.find((value) => value === kept.incident)
    const json: StepInput = {
      step,
      ...(kept.reason ? { reason: kept.reason } : {}),
      ...(typed(form, 'rappel') === 'oui' ? { calledBack: true as const } : {}),
      ...(incident ? { incident } : {}),
    }
    const call = apiOf(event).v1.procedures[':id'].steps.$post({ param: event.params, json })
    const answer = await submit(call, kept)
    return answer.ok ? { at: kept.at, done: true } : answer.failure
  },

  annuler: async (event) => {
    const form = await event.request.formData()
    const kept = { at: 'cancel', reason: typed(form, 'motif'), incident: '' }
    const json = { reason: kept.reason }
    const answer = await submit(
      apiOf(event).v1.procedures[':id'].$delete({ param: event.params, json }),
      kept,
    )
    return answer.ok ? { at: 'cancel', done: true } : answer.failure
  },
}
