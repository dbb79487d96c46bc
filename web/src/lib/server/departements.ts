import type { RequestEvent } from '@sveltejs/kit'
import { may } from '#lib/account.ts'
import { apiOf, read } from './api.ts'

/** A département by which a list can be narrowed. */
export interface Departement {
  readonly code: string
  readonly label: string
}

/** The départements in which the person behind this request sees establishments; none when she sees no establishment. */
export async function departementsOf(event: RequestEvent): Promise<readonly Departement[]> {
  if (!may(event.locals.me, 'etablissement:read')) return []
  const { facets } = await read(apiOf(event).v1.etablissements.$get({ query: { pageSize: '1' } }), event.url)
  return facets.departements.map(({ code, label }) => ({ code, label }))
}
