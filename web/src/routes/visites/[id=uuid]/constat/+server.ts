import { json } from '@sveltejs/kit'
import { typed } from '#lib/form-text.ts'
import { apiOf, submit } from '#lib/server/api.ts'
import { anotherPerson } from '../another-person.ts'
import { recordFinding } from '../record-finding.ts'
import type { RequestHandler } from './$types.ts'

/** A finding that waited on a tablet, with its photos. */
export const POST: RequestHandler = async (event) => {
  const form = await event.request.formData()
  if (typed(form, 'compte') !== event.locals.me?.id) return anotherPerson()
  const visit = await submit(apiOf(event).v1.visits[':id'].$get({ param: event.params }))
  if (!visit.ok) return json({ detail: visit.problem.detail }, { status: visit.problem.status })
  const recorded = await recordFinding(event, visit.data.uai, event.params.id, form)
  return recorded.ok
    ? json({ id: recorded.data.id })
    : json({ detail: recorded.problem.detail }, { status: recorded.problem.status })
}
