import type { ServiceId } from '@vigie/rules'
import { rowsOf, type Tx } from '@vigie/db'
import { sql, type SQL } from 'drizzle-orm'
import { isoOf } from '../conformity/instants.ts'
import { sumOfPointsIn, type PointsRow } from '../conformity/points.ts'
import type { Conditions } from '../etablissements/filters.ts'
import type { Overview } from './schema.ts'

/** Establishments of one département under the filters. */
export interface DepartementRow extends PointsRow {
  readonly departement: string
  readonly etablissements: number
  readonly evaluated: number
  readonly d1: number
  readonly d2: number
  readonly evaluated_at: string | null
}

/** In: the condition on `etablissement e`. Out: counts and summed points per département. */
export const sumByDepartement = async (tx: Tx, condition: SQL): Promise<DepartementRow[]> =>
  rowsOf<DepartementRow>(
    await tx.execute(sql`
      select e.departement, count(*)::int as etablissements, count(s.uai)::int as evaluated,
        count(*) filter (where e.degree = 'd1')::int as d1, count(*) filter (where e.degree = 'd2')::int as d2,
        ${isoOf(sql`max(s.evaluated_at)`)} as evaluated_at, ${sumOfPointsIn('s')}
      from etablissement e left join etablissement_score s on s.uai = e.uai
      where ${condition} group by e.departement order by e.departement`),
  )

/** In: the conditions. Out: summed points per service. Without a filter, leaving out the closed ones is enough. */
export const sumByService = async (tx: Tx, { all, everything }: Conditions) =>
  rowsOf<PointsRow & { service: ServiceId }>(
    await tx.execute(
      everything
        ? sql`
          select r.service, ${sumOfPointsIn('r')} from service_rollup r
          where r.uai not in (select e.uai from etablissement e where e.state <> 'ouvert') group by r.service`
        : sql`
          select r.service, ${sumOfPointsIn('r')} from service_rollup r join etablissement e on e.uai = r.uai
          where ${all} group by r.service`,
    ),
  )

/** In: the condition and a civil day. Out: points as they stood then, over establishments already evaluated. */
export async function sumOnDay(tx: Tx, condition: SQL, day: string): Promise<PointsRow | undefined> {
  const [row] = rowsOf<PointsRow>(
    await tx.execute(sql`
      select ${sumOfPointsIn('h')} from (
        select distinct on (h.uai) h.* from score_history h join etablissement e on e.uai = h.uai
        where h.day <= ${day}::date and ${condition} order by h.uai, h.day desc
      ) h`),
  )
  return row
}

/** In: the condition. Out: stale verdicts, and how many establishments hold at least one. */
export async function countStale(tx: Tx, condition: SQL): Promise<Overview['stale']> {
  const [row] = rowsOf<Overview['stale']>(
    await tx.execute(sql`
      select count(distinct s.uai)::int as etablissements, count(*)::int as requirements
      from requirement_status s join etablissement e on e.uai = s.uai
      where s.unknown_reason = 'stale' and ${condition}`),
  )
  return row ?? { etablissements: 0, requirements: 0 }
}

/** Places of every open establishment in scope, as two parallel lists: the map keeps its shape under the filters. */
export const placesByDepartement = async (tx: Tx) =>
  rowsOf<{ departement: string; longitudes: number[]; latitudes: number[] }>(
    await tx.execute(sql`
      select e.departement, json_agg(e.longitude order by e.uai) as longitudes,
        json_agg(e.latitude order by e.uai) as latitudes
      from etablissement e
      where e.state = 'ouvert' and e.longitude is not null and e.latitude is not null
      group by e.departement`),
  )
