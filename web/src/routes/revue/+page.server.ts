import { fail } from '@sveltejs/kit'
import { dayAfterMonths } from '#lib/components/review/expiry-day.ts'
import { filtersOf, kindOf, readReviewQuery } from '#lib/components/review/review-query.ts'
import { decisionOf, readTypedDecision } from '#lib/components/review/typed-decision.ts'
import { may } from '#lib/account.ts'
import { typed as textOf } from '#lib/form-text.ts'
import { apiOf, read, submit } from '#lib/server/api.ts'
import { departementsOf } from '#lib/server/departements.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types.ts'

const PAGE_SIZE = '50'

export const load: PageServerLoad = async (event) => {
  const asked = readReviewQuery(event.url.searchParams)
  const filters = filtersOf<'INF-AUT'>(asked)
  const api = apiOf(event).v1
  const [review, figures, departements, { services }] = await Promise.all([
    read(
      api.review.$get({
        query: {
          ...filters,
          ...(asked.nature ? { kind: kindOf(asked.nature) } : {}),
          ...{ page: String(asked.page), pageSize: PAGE_SIZE },
        },
      }),
      event.url,
    ),
    read(api['review-figures'].$get({ query: filters }), event.url),
    departementsOf(event),
    read(api.catalogue.$get(), event.url),
  ])
  const now = event.locals.now.toISOString()
  return {
    ...{ asked, review, figures, departements, services },
    decides: may(event.locals.me, 'arbitration:write'),
    chosen: event.url.searchParams.get('coches') === 'tout',
    done: event.url.searchParams.get('fait'),
    undone: event.url.searchParams.has('annule'),
    ...{ earliest: dayAfterMonths(now, 0), usual: dayAfterMonths(now, 6), latest: dayAfterMonths(now, 24) },
  }
}

/** What the form of several decisions holds, and which kind of cases the address lists. */
async function askedOf(event: RequestEvent) {
  const form = await event.request.formData()
  const { nature } = readReviewQuery(event.url.searchParams)
  const cases = form.getAll('cas').filter((value) => typeof value === 'string')
  return {
    ...{ typed: readTypedDecision(form), cases, kind: nature === null ? null : kindOf(nature) },
    previewed: textOf(form, 'apercu'),
  }
}

const NOTHING = 'Cochez au moins un cas de la liste, et dites ce qui est décidé.'

async function decide(event: RequestEvent, preview: boolean) {
  const { typed, cases, kind, previewed } = await askedOf(event)
  const kept = { typed, cases }
  if (kind === null || cases.length === 0 || typed.choice === '')
    return fail(422, { ...kept, detail: NOTHING, errors: [] })
  const api = apiOf(event).v1.review
  if (kind === 'expiring') {
    const answer = await submit(api.reminders.$post({ json: { declarations: cases } }), kept)
    return answer.ok ? { reminded: answer.data } : answer.failure
  }
  const decision = decisionOf<'approve', 'compliant'>(typed)
  const bound = preview || previewed === '' ? {} : { previewed }
  const json = { ...decision, ...bound, kind, cases, preview }
  const answer = await submit(api.decisions.$post({ json }), kept)
  if (!answer.ok) return answer.failure
  return preview ? { ...kept, preview: answer.data } : { applied: answer.data }
}

export const actions: Actions = {
  previsualiser: (event) => decide(event, true),
  appliquer: (event) => decide(event, false),
}
