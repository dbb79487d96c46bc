import { may } from '#lib/account.ts'
import { apiOf, read } from '#lib/server/api.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => {
  const of = apiOf(event).v1.etablissements[':uai']
  const param = { uai: event.params.uai }
  const [bulletin, campaigns] = await Promise.all([
    read(of.bulletin.$get({ param }), event.url),
    may(event.locals.me, 'campaign:read') ? read(of.campaigns.$get({ param }), event.url) : null,
  ])
  return { bulletin, campaigns: campaigns?.rows.filter(({ state }) => state === 'open') ?? [] }
}
