import { fail, redirect, type RequestEvent as AnyEvent } from '@sveltejs/kit'
import { may } from '#lib/account.ts'
import { dayAfterMonths, dayOf } from '#lib/components/review/expiry-day.ts'
import {
  caseAddress,
  filtersOf,
  kindOf,
  readReviewQuery,
  searchOf,
  type Nature,
} from '#lib/components/review/review-query.ts'
import { decisionOf, readTypedDecision } from '#lib/components/review/typed-decision.ts'
import { typed as textOf } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import type { Actions, PageServerLoad } from './$types.ts'

const whichOf = (event: { params: { nature: string; cas: string } }) => ({
  kind: kindOf(event.params.nature as Nature),
  case: event.params.cas,
})

export const load: PageServerLoad = async (event) => {
  const asked = { ...readReviewQuery(event.url.searchParams), nature: event.params.nature as Nature }
  const api = apiOf(event).v1
  const which = whichOf(event)
  const found = await read(
    api.review.cases[':kind'][':case'].$get({ param: which, query: filtersOf<'INF-AUT'>(asked) }),
    event.url,
  )
  const { uai, requirement, until } = found.row
  const detail = await read(
    api.etablissements[':uai'].requirements[':requirement'].$get({ param: { uai, requirement } }),
    event.url,
  )
  const now = event.locals.now.toISOString()
  const before = event.url.searchParams.get('de')
  const done = event.url.searchParams.get('fait')
  return {
    ...{ asked, found, detail },
    decides: may(event.locals.me, 'arbitration:write'),
    undo: done && before ? { batch: done, back: caseAddress({ ...which, case: before }, asked) } : null,
    undone: event.url.searchParams.has('annule'),
    reminded: event.url.searchParams.get('relance'),
    ...{ earliest: dayAfterMonths(now, 0), latest: dayAfterMonths(now, 24) },
    usual: until ? dayOf(until) : dayAfterMonths(now, 6),
  }
}

/** Where one goes once a case is decided: the next one, else the list. */
function onward(
  event: AnyEvent & { params: { nature: string; cas: string } },
  next: string,
  more: Record<string, string>,
) {
  const asked = readReviewQuery(event.url.searchParams)
  const which = whichOf(event)
  redirect(
    303,
    next === ''
      ? `/revue${searchOf({ ...asked, nature: event.params.nature as Nature }, more)}`
      : caseAddress({ ...which, case: next }, asked, more),
  )
}

export const actions: Actions = {
  decider: async (event) => {
    const form = await event.request.formData()
    const typed = readTypedDecision(form)
    const [next, seen] = [textOf(form, 'suivant'), textOf(form, 'vu')]
    const which = whichOf(event)
    const api = apiOf(event).v1.review
    if (typed.choice === '')
      return fail(422, { typed, detail: 'Choisissez d’abord ce qui est décidé.', errors: [] })
    if (which.kind === 'expiring') {
      if (typed.choice === 'pass') return onward(event, next, {})
      const answer = await submit(api.reminders.$post({ json: { declarations: [which.case] } }), { typed })
      if (!answer.ok) return answer.failure
      return onward(event, next, { relance: answer.data.reminded > 0 ? 'oui' : 'sans-adresse' })
    }
    const decision = decisionOf<'approve', 'compliant'>(typed)
    const answer = await submit(
      api.decisions.$post({
        json: { ...decision, kind: which.kind, cases: [which.case], seen, preview: false },
      }),
      { typed },
    )
    if (!answer.ok) return answer.failure
    return onward(event, next, { fait: answer.data.batchId ?? '', de: which.case })
  },
}
