import { fail, redirect } from '@sveltejs/kit'
import { readProofs } from '#lib/components/proofs/proof-form.ts'
import { readReply } from '#lib/components/questionnaire/replies.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import { formWithFiles, TOO_LONG } from '#lib/server/form-with-files.ts'
import { sendProofs } from '#lib/server/send-proofs.ts'
import type { Actions, PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => {
  const { uai, requirement } = event.params
  const { questionnaire, $get } = apiOf(event).v1.etablissements[':uai']
  const question = await read(
    questionnaire.questions[':requirement'].$get({ param: { uai, requirement } }),
    event.url,
  )
  if (!question.runOpen) redirect(303, `/etablissements/${uai}/questionnaire`)
  const { name } = await read($get({ param: { uai } }), event.url)
  return { question, uai, name }
}

export const actions: Actions = {
  default: async (event) => {
    const form = await formWithFiles(event.request)
    if (form === null) {
      const nothing = { reply: null, comment: '', effectiveOn: '', held: [] }
      return fail(413, { ...nothing, detail: TOO_LONG, errors: [] })
    }
    const { uai, requirement } = event.params
    const { reply, comment } = readReply(form)
    const proofs = readProofs(form)
    const kept = { reply, comment, effectiveOn: proofs.effectiveOn }
    if (reply === null) {
      const detail =
        'Choisissez une réponse. Si vous hésitez, « Je ne sais pas » ou « Plus tard » conviennent.'
      const sent = await sendProofs(event, { uai, requirement }, proofs)
      return fail(422, { ...kept, held: sent.held, detail: sent.problem?.detail ?? detail, errors: [] })
    }
    const decided = reply !== 'later' && reply !== 'do_not_know'
    const { held, problem } = decided
      ? await sendProofs(event, { uai, requirement }, proofs)
      : { held: proofs.held, problem: null }
    if (problem) return fail(problem.status, { ...kept, held, ...problem })
    const answer = await submit(
      apiOf(event).v1.etablissements[':uai'].questionnaire.replies[':requirement'].$put({
        param: { uai, requirement },
        json: { reply, comment, ...(decided ? { proofIds: held.map(({ id }) => id) } : {}) },
      }),
    )
    if (!answer.ok) return fail(answer.problem.status, { ...kept, held, ...answer.problem })
    redirect(303, `/etablissements/${uai}/questionnaire/${answer.data.next ?? 'bilan'}`)
  },
}
