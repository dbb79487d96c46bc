import { layTimeline } from '#lib/components/etablissement/timeline.ts'
import { spansOf } from '#lib/components/etablissement/decision-span.ts'
import { readDeclaration } from '#lib/components/etablissement/declaration-form.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import { fail } from '@sveltejs/kit'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => {
  const detail = await read(
    apiOf(event).v1.etablissements[':uai'].requirements[':requirement'].$get({ param: event.params }),
    event.url,
  )
  const { now } = await event.parent()
  const timeline = layTimeline({
    now,
    status: detail.status,
    staleAt: detail.staleAt,
    points: detail.timeline,
    history: detail.history,
    spans: spansOf(detail.decisions),
  })
  return { detail, timeline }
}

export const actions: Actions = {
  default: async (event) => {
    const typed = readDeclaration(await event.request.formData())
    const { verdict, comment } = typed
    if (verdict === null) {
      return fail(422, { typed, detail: 'Choisissez d’abord si l’exigence est tenue, en partie ou non.' })
    }
    const answer = await submit(
      apiOf(event).v1.etablissements[':uai'].declarations[':requirement'].$put({
        param: event.params,
        json: { verdict, comment },
      }),
    )
    return answer.ok ? { saved: true } : fail(answer.problem.status, { typed, detail: answer.problem.detail })
  },
}
