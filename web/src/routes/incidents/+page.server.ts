import { ownEtablissement } from '#lib/account.ts'
import { apiQueryOf, readIncidentQuery } from '#lib/components/incidents/incident-query.ts'
import { apiOf, read } from '#lib/server/api.ts'
import { departementsOf } from '#lib/server/departements.ts'
import type { PageServerLoad } from './$types.ts'

const RESOLVED_SHOWN = '20'

type Event = Parameters<PageServerLoad>[0]

/** A school's own incidents: what runs, all of it, and what was resolved last. */
async function ofSchool(event: Event, uai: string) {
  const { incidents } = apiOf(event).v1
  const [running, resolved, etablissement] = await Promise.all([
    read(incidents.$get({ query: { uai, state: 'unresolved', pageSize: '200' } }), event.url),
    read(incidents.$get({ query: { uai, state: 'resolved', pageSize: RESOLVED_SHOWN } }), event.url),
    read(apiOf(event).v1.etablissements[':uai'].$get({ param: { uai } }), event.url),
  ])
  return { running, resolved, name: etablissement.name }
}

/** The queue of who follows several places. */
async function queueOf(event: Event) {
  const query = readIncidentQuery(event.url.searchParams)
  const api = apiOf(event).v1
  const [list, figures, departements] = await Promise.all([
    read(api.incidents.$get({ query: apiQueryOf(query) }), event.url),
    read(api['incident-figures'].$get(), event.url),
    departementsOf(event),
  ])
  return { query, list, figures, departements }
}

export const load: PageServerLoad = async (event) => {
  const uai = event.locals.me && ownEtablissement(event.locals.me)
  if (uai) return { school: await ofSchool(event, uai), queue: null }
  return { school: null, queue: await queueOf(event) }
}
