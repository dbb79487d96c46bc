import { redirect } from '@sveltejs/kit'
import { apiOf, read, submit } from '#lib/server/api.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => {
  const { uai } = event.params
  const questionnaire = await read(
    apiOf(event).v1.etablissements[':uai'].questionnaire.$get({ param: { uai } }),
    event.url,
  )
  const { run, summary } = questionnaire
  if (!run || !summary) redirect(303, `/etablissements/${uai}/questionnaire`)
  return { questionnaire, run, summary, leaf: 'Bilan' }
}

export const actions: Actions = {
  default: async (event) => {
    const { uai } = event.params
    const answer = await submit(
      apiOf(event).v1.etablissements[':uai'].questionnaire.closure.$post({ param: { uai } }),
    )
    if (!answer.ok) return answer.failure
    redirect(303, `/etablissements/${uai}/questionnaire/bilan`)
  },
}
