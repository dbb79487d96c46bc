import { apiOf, read } from '#lib/server/api.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => {
  const { uai, framework } = event.params
  const standing = await read(
    apiOf(event).v1.etablissements[':uai'].frameworks[':framework'].$get({ param: { uai, framework } }),
    event.url,
  )
  return { standing, leaf: standing.framework.title }
}
