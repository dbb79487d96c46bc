import { json } from '@sveltejs/kit'
import { apiOf, submit } from '#lib/server/api.ts'
import { anotherPerson } from '../another-person.ts'
import type { FormAnswer } from '../visit-form.ts'
import type { RequestHandler } from './$types.ts'

/** Answers of a tablet, on their way to the API. */
export const POST: RequestHandler = async (event) => {
  const body = (await event.request.json().catch(() => null)) as {
    account?: string
    answers?: FormAnswer[]
  } | null
  if (body?.account !== event.locals.me?.id) return anotherPerson()
  const answers = Array.isArray(body?.answers) ? body.answers : []
  const sent = await submit(
    apiOf(event).v1.visits[':id'].answers.$post({ param: event.params, json: { answers } }),
  )
  return sent.ok ? json(sent.data) : json({ detail: sent.problem.detail }, { status: sent.problem.status })
}
