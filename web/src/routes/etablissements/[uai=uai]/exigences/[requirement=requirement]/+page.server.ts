import { layTimeline } from '#lib/components/etablissement/timeline.ts'
import { spansOf } from '#lib/components/etablissement/decision-span.ts'
import { apiOf, read } from '#lib/server/api.ts'
import type { PageServerLoad } from './$types.ts'

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
