import type { ConformityReading } from '@vigie/collectors'
import { rowsOf, type Tx } from '@vigie/db'
import { scoreOf, sumPoints } from '@vigie/rules'
import { sql } from 'drizzle-orm'
import { pointsOf, sumOfPointsIn, type PointsRow } from '../../conformity/points.ts'

interface Place extends PointsRow {
  readonly academie: string
  readonly departement: string
}

const LEVELS = ['E', 'R', 'F'] as const
const COLUMNS = { E: 'e', R: 'r', F: 'f' } as const

/** Sums the roll-ups of the open establishments. */
export async function readConformity(tx: Tx): Promise<ConformityReading> {
  const places = rowsOf<Place & { readonly d1: number; readonly d2: number }>(
    await tx.execute(sql`
      select e.academie, e.departement, count(*) filter (where e.degree = 'd1')::int as d1,
        count(*) filter (where e.degree = 'd2')::int as d2, ${sumOfPointsIn('s')}
      from etablissement e left join etablissement_score s on s.uai = e.uai
      where e.state = 'ouvert' group by 1, 2 order by 1, 2`),
  )
  const services = rowsOf<Place & { readonly service: string }>(
    await tx.execute(sql`
      select e.academie, e.departement, r.service, ${sumOfPointsIn('r')}
      from service_rollup r join etablissement e on e.uai = r.uai
      where e.state = 'ouvert' group by 1, 2, 3 order by 1, 2, 3`),
  )
  return {
    academies: [...Map.groupBy(places, ({ academie }) => academie)].map(([academie, own]) => ({
      academie,
      score: scoreOf(sumPoints(...own.map(pointsOf))).index,
    })),
    departements: places.map((row) => {
      const { index, coverage } = scoreOf(pointsOf(row))
      const { academie, departement, d1, d2, contradictions, derogations } = row
      return {
        ...{ academie, departement, d1, d2, contradictions, derogations },
        score: index,
        coverage: coverage?.rate ?? null,
      }
    }),
    services: services.flatMap(pointsByLevel),
  }
}

const pointsByLevel = (row: Place & { readonly service: string }): ConformityReading['services'][number][] =>
  LEVELS.flatMap((level) => {
    const { academie, departement, service } = row
    const { points, applicable } = pointsOf(row)[COLUMNS[level]]
    return applicable === 0
      ? []
      : [{ academie, departement, service, level, points: points / 2, possible: applicable }]
  })
