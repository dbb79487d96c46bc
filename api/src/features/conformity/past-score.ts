import { scoreOf, type Score } from '@vigie/rules'
import { rowsOf, type Tx } from '@vigie/db'
import { sql } from 'drizzle-orm'
import { isoOf } from './instants.ts'
import { pointsIn, pointsOf, type PointsRow } from './points.ts'

/** Score of an establishment as it stood on that civil day; null before its first evaluation. */
export async function pastScore(tx: Tx, uai: string, day: string): Promise<Score | null> {
  const [row] = rowsOf<PointsRow>(
    await tx.execute(sql`
      select ${pointsIn('h')} from score_history h
      where h.uai = ${uai} and h.day <= ${day}::date order by h.day desc limit 1`),
  )
  return row ? scoreOf(pointsOf(row)) : null
}

/** Score of an establishment now and when it was evaluated; nulls before its first evaluation. */
export async function presentScore(
  tx: Tx,
  uai: string,
): Promise<{ score: Score | null; evaluatedAt: string | null }> {
  const [row] = rowsOf<PointsRow & { evaluated: string }>(
    await tx.execute(sql`
      select ${pointsIn('s')}, ${isoOf(sql`s.evaluated_at`)} as evaluated
      from etablissement_score s where s.uai = ${uai}`),
  )
  return { score: row ? scoreOf(pointsOf(row)) : null, evaluatedAt: row?.evaluated ?? null }
}
