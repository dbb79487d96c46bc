import type { EtablissementReading } from '@vigie/collectors'
import { rowsOf, type Tx } from '@vigie/db'
import { emptyPoints, scoreOf } from '@vigie/rules'
import { sql } from 'drizzle-orm'
import { pointsIn, pointsOf, type PointsRow } from '../../conformity/points.ts'

type Family = keyof EtablissementReading['families']
const FAMILIES: readonly Family[] = ['INF', 'MCO', 'UTI']

/** Points of level E of one family, in two columns. */
type FamilyColumns = Record<`${Family}_points` | `${Family}_applicable`, number | null>

interface Row extends PointsRow, FamilyColumns {
  readonly academie: string
  readonly departement: string
  readonly uai: string
  /** False: never evaluated. */
  readonly scored: boolean
  readonly machines: number
}

const FAMILY_SUMS = sql.raw(
  FAMILIES.flatMap((family) =>
    (['points', 'applicable'] as const).map(
      (column) => `sum(e_${column}) filter (where service like '${family}-%')::int as "${family}_${column}"`,
    ),
  ).join(', '),
)

const exigeOf = (row: Row, family: Family): number | null => {
  const e = { points: row[`${family}_points`] ?? 0, applicable: row[`${family}_applicable`] ?? 0 }
  return scoreOf({ ...emptyPoints(), e }).exige?.rate ?? null
}

/** Scores and machines of each open establishment. */
export async function readEtablissements(tx: Tx): Promise<EtablissementReading[]> {
  const rows = rowsOf<Row>(
    await tx.execute(sql`
      select e.academie, e.departement, e.uai, s.uai is not null as scored, coalesce(m.machines, 0)::int as machines,
        ${pointsIn('s')}, f.*
      from etablissement e left join etablissement_score s on s.uai = e.uai
      left join (select uai, count(*) as machines from machine where retired_at is null group by uai) m on m.uai = e.uai
      left join (select uai as owner, ${FAMILY_SUMS} from service_rollup group by uai) f on f.owner = e.uai
      where e.state = 'ouvert' order by e.uai`),
  )
  return rows.map((row) => {
    const { academie, departement, uai, machines, scored } = row
    const score = scored ? scoreOf(pointsOf(row)) : null
    return {
      ...{ academie, departement, uai, machines },
      score: score?.index ?? null,
      exige: score?.exige?.rate ?? null,
      coverage: score?.coverage?.rate ?? null,
      families: { INF: exigeOf(row, 'INF'), MCO: exigeOf(row, 'MCO'), UTI: exigeOf(row, 'UTI') },
    }
  })
}
