import type { EtablissementReading } from '@vigie/collectors'
import { rowsOf, type Tx } from '@vigie/db'
import { emptyPoints, scoreOf } from '@vigie/rules'
import { sql } from 'drizzle-orm'
import { pointsIn, pointsOf, type PointsRow } from '../../conformity/points.ts'

interface Row extends PointsRow {
  readonly academie: string
  readonly departement: string
  readonly uai: string
  /** False: never evaluated. */
  readonly scored: boolean
  readonly machines: number
}

interface FamilyRow {
  readonly uai: string
  readonly family: keyof EtablissementReading['families']
  readonly points: number
  readonly applicable: number
}

const exigeOf = ({ points, applicable }: FamilyRow): number | null =>
  scoreOf({ ...emptyPoints(), e: { points, applicable } }).exige?.rate ?? null

/** Scores and machines of each open establishment. */
export async function readEtablissements(tx: Tx): Promise<EtablissementReading[]> {
  const rows = rowsOf<Row>(
    await tx.execute(sql`
      select e.academie, e.departement, e.uai, s.uai is not null as scored, coalesce(m.machines, 0)::int as machines,
        ${pointsIn('s')}
      from etablissement e left join etablissement_score s on s.uai = e.uai
      left join (select uai, count(*) as machines from machine where retired_at is null group by uai) m on m.uai = e.uai
      where e.state = 'ouvert' order by e.uai`),
  )
  const families = rowsOf<FamilyRow>(
    await tx.execute(sql`
      select uai, split_part(service, '-', 1) as family, sum(e_points)::int as points,
        sum(e_applicable)::int as applicable
      from service_rollup group by 1, 2`),
  )
  const byUai = Map.groupBy(families, ({ uai }) => uai)
  return rows.map((row) => {
    const { academie, departement, uai, machines, scored } = row
    const score = scored ? scoreOf(pointsOf(row)) : null
    const own = Object.fromEntries((byUai.get(uai) ?? []).map((part) => [part.family, exigeOf(part)]))
    return {
      ...{ academie, departement, uai, machines },
      score: score?.index ?? null,
      exige: score?.exige?.rate ?? null,
      coverage: score?.coverage?.rate ?? null,
      families: { INF: own['INF'] ?? null, MCO: own['MCO'] ?? null, UTI: own['UTI'] ?? null },
    }
  })
}
