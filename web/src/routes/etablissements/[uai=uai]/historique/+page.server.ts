import { dayOf } from '#lib/components/review/expiry-day.ts'
import { apiOf, read } from '#lib/server/api.ts'
import type { PageServerLoad } from './$types.ts'

/** In: a parameter of the address. Out: the day that it names; a text that names none asks nothing. */
const dayIn = (value: string | null): string | null =>
  value && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : null

export const load: PageServerLoad = async (event) => {
  const { etablissement } = await event.parent()
  const at = dayIn(event.url.searchParams.get('au'))
  const since = dayIn(event.url.searchParams.get('depuis'))
  const place = apiOf(event).v1.etablissements[':uai']
  const param = { uai: event.params.uai }
  const [history, trend, changes] = await Promise.all([
    read(place.history.$get({ param, query: at ? { at } : {} }), event.url),
    read(place.trend.$get({ param }), event.url),
    read(place.changes.$get({ param, query: since ? { since } : {} }), event.url),
  ])
  return {
    ...{ history, trend, changes, at, since },
    today: dayOf(event.locals.now.toISOString(), etablissement.timeZone),
  }
}
