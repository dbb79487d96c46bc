import { json } from '@sveltejs/kit'
import { apiOf, submit } from '#lib/server/api.ts'
import { recordFinding } from '../record-finding.ts'
import type { RequestHandler } from './$types.ts'

/** A finding that waited on a tablet, with its photos. */
export const POST: RequestHandler = async (event) => {
  const visit = await submit(apiOf(event).v1.visits[':id'].$get({ param: event.params }))
  if (!visit.ok) return json({ detail: visit.problem.detail }, { status: visit.problem.status })
  const form = await event.request.formData()
  const recorded = await recordFinding(event, visit.data.uai, event.params.id, form)
  return recorded.ok
    ? json({ id: recorded.data.id })
    : json({ detail: recorded.problem.detail }, { status: recorded.problem.status })
}
