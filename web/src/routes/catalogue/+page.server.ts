import { apiOf, read } from '#lib/server/api.ts'
import { catalogueFilterOf, filterRequirements } from './catalogue-filter.ts'
import type { PageServerLoad } from './$types.ts'

export const load: PageServerLoad = async (event) => {
  const { version, services, requirements } = await read(apiOf(event).v1.catalogue.$get(), event.url)
  const filter = catalogueFilterOf(event.url.searchParams)
  const kept = filterRequirements(requirements, filter)
  return {
    version,
    filter,
    services,
    total: requirements.length,
    automatic: requirements.filter((requirement) => requirement.automatic).length,
    kept: kept.length,
    groups: services.flatMap((service) => {
      const rows = kept.filter((requirement) => requirement.service === service.id)
      return rows.length > 0 ? [{ service, rows }] : []
    }),
  }
}
