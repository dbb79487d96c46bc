import { apiOf, read } from '#lib/server/api.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => {
  const { uai, test: id } = event.params
  const verification = await read(
    apiOf(event).v1.etablissements[':uai']['restore-tests'][':id'].$get({ param: { uai, id } }),
    event.url,
  )
  return { verification, leaf: 'Signature d’un test de restauration' }
}
