import { layTimeline } from '#lib/components/etablissement/timeline.ts'
import { spansOf } from '#lib/components/etablissement/decision-span.ts'
import { dayAfterMonths } from '#lib/components/review/expiry-day.ts'
import { apiOf, read } from '#lib/server/api.ts'
import {
  askDerogation,
  takeArbitration,
  takeBackArbitration,
  takeBackDerogation,
  takeBackDispute,
  takeDispute,
} from '#lib/server/appeals.ts'
import { loadDeclaration, takeBackDeclaration, takeDeclaration } from '#lib/server/declaration.ts'
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
  const days = {
    earliest: dayAfterMonths(now, 0),
    usual: dayAfterMonths(now, 6),
    latest: dayAfterMonths(now, 24),
  }
  return { detail, timeline, days, ...(await loadDeclaration(event)) }
}

export const actions: Actions = {
  declarer: takeDeclaration,
  retirer: takeBackDeclaration,
  arbitrer: takeArbitration,
  contester: takeDispute,
  'demander-derogation': askDerogation,
  'retirer-arbitrage': takeBackArbitration,
  'retirer-contestation': takeBackDispute,
  'retirer-derogation': takeBackDerogation,
}
