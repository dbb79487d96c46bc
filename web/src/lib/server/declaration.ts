import { fail, type RequestEvent } from '@sveltejs/kit'
import { readDeclaration } from '#lib/components/etablissement/declaration-form.ts'
import { readProofs } from '#lib/components/proofs/proof-form.ts'
import { apiOf, read, submit } from './api.ts'
import { formWithFiles, TOO_LONG } from './form-with-files.ts'
import { sendProofs } from './send-proofs.ts'

type AtRequirement = Pick<RequestEvent, 'cookies' | 'request' | 'url' | 'getClientAddress'> & {
  readonly params: { readonly uai: string; readonly requirement: string }
}

/** The plain question of a requirement, and what the establishment declares of it, with proofs and history. */
export async function loadDeclaration(event: AtRequirement) {
  const api = apiOf(event).v1.etablissements[':uai']
  const [question, declarations] = await Promise.all([
    read(api.questionnaire.questions[':requirement'].$get({ param: event.params }), event.url),
    read(api.declarations[':requirement'].$get({ param: event.params }), event.url),
  ])
  return { question, declarations }
}

/** Takes the form of a declaration: its files are sent first, then the declaration that cites them. */
export async function takeDeclaration(event: AtRequirement) {
  const form = await formWithFiles(event.request)
  if (form === null) return fail(413, { typed: undefined, detail: TOO_LONG })
  const proofs = readProofs(form)
  const { verdict, comment } = readDeclaration(form)
  const { held, problem } = await sendProofs(event, event.params, proofs)
  const typed = { verdict, comment, effectiveOn: proofs.effectiveOn, held }
  if (problem) return fail(problem.status, { typed, detail: problem.detail })
  if (verdict === null) {
    return fail(422, { typed, detail: 'Choisissez d’abord si l’exigence est tenue, en partie ou non.' })
  }
  const answer = await submit(
    apiOf(event).v1.etablissements[':uai'].declarations[':requirement'].$put({
      param: event.params,
      json: { verdict, comment, proofIds: held.map(({ id }) => id) },
    }),
  )
  if (answer.ok) return { saved: 'Votre déclaration est enregistrée.' }
  return fail(answer.problem.status, { typed, detail: answer.problem.detail })
}

/** Takes back what the establishment declares. */
export async function takeBackDeclaration(event: AtRequirement) {
  const answer = await submit(
    apiOf(event).v1.etablissements[':uai'].declarations[':requirement'].$delete({ param: event.params }),
  )
  if (answer.ok) return { saved: 'Votre déclaration est retirée ; l’historique la garde.' }
  return fail(answer.problem.status, { typed: undefined, detail: answer.problem.detail })
}
