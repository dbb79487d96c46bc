import { sql, type SQL } from 'drizzle-orm'
import type { ScorePoints } from '@vigie/rules'

const COLUMNS = [
  'e_points',
  'e_applicable',
  'r_points',
  'r_applicable',
  'f_points',
  'f_applicable',
  'fresh',
  'applicable',
  'contradictions',
  'derogations',
  'unknown',
  'non_compliant',
] as const

/** Stored points of one row, or their sums over several. */
export type PointsRow = Record<(typeof COLUMNS)[number], number>

/** Columns to select from a table of points named `alias`. */
export const pointsIn = (alias: string): SQL =>
  sql.raw(COLUMNS.map((column) => `${alias}.${column}`).join(', '))

/** Sums to select over a table of points named `alias`; zeros over no row. */
export const sumOfPointsIn = (alias: string): SQL =>
  sql.raw(COLUMNS.map((column) => `coalesce(sum(${alias}.${column}), 0)::int as ${column}`).join(', '))

/** In: stored points. Out: the shape that `scoreOf` and `serviceSign` read. */
export const pointsOf = (row: PointsRow): ScorePoints => ({
  e: { points: row.e_points, applicable: row.e_applicable },
  r: { points: row.r_points, applicable: row.r_applicable },
  f: { points: row.f_points, applicable: row.f_applicable },
  fresh: row.fresh,
  applicable: row.applicable,
  contradictions: row.contradictions,
  derogations: row.derogations,
  unknown: row.unknown,
  nonCompliant: row.non_compliant,
})
