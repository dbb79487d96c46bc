import { schema } from '@vigie/db'
import { and, eq, inArray, sql, type SQL } from 'drizzle-orm'
import type { Actor } from '../../../access/actor.ts'
import { everyWord } from '../../keys/search.ts'
import type { IncidentsQuery } from '../schema.ts'

const { incident, etablissement } = schema

const SEARCHED = sql`${incident.number}::text || ' ' || ${incident.title} || ' ' || ${incident.description} || ' '
  || coalesce(${incident.alertName}, '') || ' ' || coalesce(${incident.uai}, '') || ' '
  || coalesce(${etablissement.name}, '') || ' ' || coalesce(${etablissement.commune}, '')`

const among = (
  column: typeof incident.uai | typeof incident.departement,
  value: string | undefined,
): SQL[] => (value === undefined || value === '' ? [] : [eq(column, value)])

/** Condition of the filters whose values are not counted apart. */
export const baseOf = (query: IncidentsQuery, actor: Actor): SQL | undefined =>
  and(
    ...everyWord(query.q?.replace(/^\s*(?:#|nº|n°)\s*/i, ''), SEARCHED),
    ...among(incident.uai, query.uai?.toUpperCase()),
    ...among(incident.departement, query.departement),
    ...(query.party === undefined ? [] : [eq(incident.party, query.party)]),
    ...(query.mine === 'true'
      ? [actor.kind === 'account' ? eq(incident.assigneeId, actor.id) : sql`false`]
      : []),
  )

/** True when the row stands under the filters that are counted apart, but for `except`. */
export function facetHolds(
  query: IncidentsQuery,
  row: { readonly state: string; readonly severity: string; readonly origin: string },
  except: 'state' | 'severity' | 'origin' | null,
): boolean {
  const state =
    query.state === undefined ||
    (query.state === 'unresolved' ? row.state !== 'resolved' : row.state === query.state)
  return (
    (except === 'state' || state) &&
    (except === 'severity' || query.severity === undefined || row.severity === query.severity) &&
    (except === 'origin' || query.origin === undefined || row.origin === query.origin)
  )
}

/** Condition of the filters that are counted apart. */
export const facetsOf = ({ state, severity, origin }: IncidentsQuery): SQL | undefined =>
  and(
    ...(state === undefined
      ? []
      : [
          state === 'unresolved'
            ? inArray(incident.state, ['open', 'acknowledged'])
            : eq(incident.state, state),
        ]),
    ...(severity === undefined ? [] : [eq(incident.severity, severity)]),
    ...(origin === undefined ? [] : [eq(incident.origin, origin)]),
  )
