import { may } from '#lib/account.ts'
import { apiOf, read } from '#lib/server/api.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => ({
  traffic: await read(apiOf(event).v1.supervision.traffic.$get(), event.url),
  opensHolders: may(event.locals.me, 'key:read'),
})
