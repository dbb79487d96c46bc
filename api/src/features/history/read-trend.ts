import { localDay, schoolYearStart, scoreOf, timeZoneOf, type Score } from '@vigie/rules'
import { rowsOf } from '@vigie/db'
import { sql } from 'drizzle-orm'
import { authorise } from '../../access/authorise.ts'
import type { Context } from '../../context.ts'
import { pointsIn, pointsOf, type PointsRow } from '../conformity/points.ts'
import { findEtablissement } from '../etablissements/find-etablissement.ts'
import type { Trend } from './schema.ts'

type Point = Trend['years'][number]['points'][number]

const yearOf = (day: string): number => Number(day.slice(0, 4)) - (day.slice(5) < '09-01' ? 1 : 0)

/**
 * In: the days on which the score moved, oldest first, and the first year of the present school year. Out: every
 * school year (1 September to 31 August) from the first evaluation on, the newest first.
 */
export function yearsOf(points: readonly Point[], presentYear: number): Trend['years'] {
  const [first] = points
  if (!first) return []
  const byYear = Map.groupBy(points, ({ day }) => yearOf(day))
  const years: Trend['years'] = []
  let carried: Score | null = null
  for (
    let year = yearOf(first.day);
    year <= Math.max(presentYear, yearOf(points.at(-1)?.day ?? first.day));
    year += 1
  ) {
    const own = byYear.get(year) ?? []
    const to: Score | null = own.at(-1)?.score ?? carried
    years.push({
      ...{ label: `${year}-${year + 1}`, start: `${year}-09-01`, end: `${year + 1}-08-31` },
      ...{ from: carried, to, points: [...own] },
    })
    carried = to
  }
  return years.toReversed()
}

/** The score of an establishment through its school years. Errors: `forbidden`, `not_found`. */
export async function readTrend(ctx: Context, uai: string): Promise<Trend> {
  const identity = authorise(ctx.actor, 'conformity:read')
  return ctx.db.transact(identity, async (tx) => {
    const row = await findEtablissement(tx, uai)
    const timeZone = timeZoneOf(row.academie)
    const now = ctx.clock.now()
    const found = rowsOf<PointsRow & { day: string }>(
      await tx.execute(sql`
        select to_char(h.day, 'YYYY-MM-DD') as day, ${pointsIn('h')} from score_history h
        where h.uai = ${uai} and h.day <= ${localDay(now, timeZone)}::date order by h.day`),
    )
    const points = found.map((one) => ({ day: one.day, score: scoreOf(pointsOf(one)) }))
    const presentYear = yearOf(schoolYearStart(now.getTime(), timeZone))
    return { uai, timeZone, years: yearsOf(points, presentYear) }
  })
}
