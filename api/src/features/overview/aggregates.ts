import type { ServiceId } from '@vigie/rules'
import { rowsOf, type Tx } from '@vigie/db'
import { sql, type SQL } from 'drizzle-orm'
import { isoOf } from '../conformity/instants.ts'
import { sumOfPointsIn, type PointsRow } from '../conformity/points.ts'

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

/** In: the condition. Out: summed points per service. */
export const sumByService = async (tx: Tx, condition: SQL) =>
  rowsOf<PointsRow & { service: ServiceId }>(
    await tx.execute(sql`
      select r.service, ${sumOfPointsIn('r')}
      from service_rollup r join etablissement e on e.uai = r.uai
      where ${condition} group by r.service`),
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

/** Statuses of one requirement in one degree; `proven` leaves out every unknown, stored or not. */
export interface GapRow {
  readonly requirement: string
  readonly degree: 'd1' | 'd2'
  readonly proven: number
  readonly non_compliant: number
  readonly not_applicable: number
  readonly stale: number
}

/** In: the condition, and the service or requirement to keep. Out: counts per requirement and degree. */
export async function countGaps(
  tx: Tx,
  condition: SQL,
  only: { service?: string | undefined; requirement?: string | undefined },
): Promise<GapRow[]> {
  const kept = [
    ...(only.service === undefined ? [] : [sql`and s.service = ${only.service}`]),
    ...(only.requirement === undefined ? [] : [sql`and s.requirement = ${only.requirement}`]),
  ]
  return rowsOf<GapRow>(
    await tx.execute(sql`
      select s.requirement, e.degree, count(*) filter (where s.status <> 'unknown')::int as proven,
        count(*) filter (where s.status = 'non_compliant')::int as non_compliant,
        count(*) filter (where s.status = 'not_applicable')::int as not_applicable,
        count(*) filter (where s.unknown_reason = 'stale')::int as stale
      from requirement_status s join etablissement e on e.uai = s.uai
      where ${condition} ${sql.join(kept, sql` `)} group by s.requirement, e.degree`),
  )
}

/** In: the condition. Out: how many establishments hold at least one stale verdict. */
export async function countStale(tx: Tx, condition: SQL): Promise<number> {
  const [row] = rowsOf<{ count: number }>(
    await tx.execute(sql`
      select count(*)::int as count from etablissement e where ${condition}
        and e.uai in (select s.uai from requirement_status s where s.unknown_reason = 'stale')`),
  )
  return row?.count ?? 0
}

/** Places of every open establishment in scope: the map keeps its shape under the filters. */
export const placesByDepartement = async (tx: Tx) =>
  rowsOf<{ departement: string; longitude: number; latitude: number }>(
    await tx.execute(sql`
      select distinct e.departement, round(e.longitude::numeric, 3)::float8 as longitude,
        round(e.latitude::numeric, 3)::float8 as latitude
      from etablissement e
      where e.state = 'ouvert' and e.longitude is not null and e.latitude is not null`),
  )
