import { schema, type Database } from '@vigie/db'
import {
  REQUIREMENTS,
  pointsByService,
  requirementById,
  scoreOf,
  sumPoints,
  type Degree,
  type RetainedRequirement,
  type ScorePoints,
} from '@vigie/rules'

type StatusRow = typeof schema.requirementStatus.$inferInsert
type Status = StatusRow['status']

const AT = new Date('2026-11-16T06:00:00Z')

/** A stored status: observed, or unknown for the reason given. */
export function aStatus(uai: string, requirement: string, status: Status, over: Partial<StatusRow> = {}) {
  const counted: Exclude<Status, 'contradiction'> = status === 'contradiction' ? 'non_compliant' : status
  return {
    uai,
    requirement,
    service: requirementById(requirement)?.service ?? '',
    verdict: counted,
    unknownReason: status === 'unknown' ? ('never_observed' as const) : null,
    reason: 'Motif de l’essai.',
    figures: [{ label: 'Postes', value: 48, of: 50 }],
    status,
    counted,
    basis: status === 'unknown' ? ('none' as const) : ('observed' as const),
    since: AT,
    evaluatedAt: AT,
    ...over,
  } satisfies StatusRow
}

/** Columns of a table of points. */
export const storedPoints = (points: ScorePoints) => ({
  ePoints: points.e.points,
  eApplicable: points.e.applicable,
  rPoints: points.r.points,
  rApplicable: points.r.applicable,
  fPoints: points.f.points,
  fApplicable: points.f.applicable,
  fresh: points.fresh,
  applicable: points.applicable,
  contradictions: points.contradictions,
  derogations: points.derogations,
  unknown: points.unknown,
  nonCompliant: points.nonCompliant,
})

/** Points of the 163 requirements, those without a row being unknown, per service and in all. */
export function pointsFrom(degree: Degree, rows: readonly StatusRow[]) {
  const held = new Map(rows.map((row) => [row.requirement, row]))
  const retained = REQUIREMENTS.map(({ id, levels }): RetainedRequirement => {
    const row = held.get(id)
    const status = row?.status ?? 'unknown'
    const derogatedUntil = row?.derogatedUntil?.getTime() ?? null
    return {
      requirement: id,
      level: levels[degree],
      retained: {
        ...{ status, derogatedUntil, reopened: false, fresh: status !== 'unknown' },
        counted: row?.counted ?? 'unknown',
        basis: row?.basis ?? 'none',
      },
    }
  })
  const byService = pointsByService(retained)
  return { byService, total: sumPoints(...byService.values()) }
}

/** Columns of a score, the rates as rules read them from the points. */
export function storedScore(points: ScorePoints) {
  const { exige, index } = scoreOf(points)
  return { ...storedPoints(points), exigeRate: exige?.rate ?? null, carineIndex: index }
}

/** Writes what evaluation leaves behind it for one establishment: statuses, roll-ups and score. */
export async function keepStatuses(
  db: Database,
  { uai, degree }: { readonly uai: string; readonly degree: Degree },
  rows: readonly StatusRow[],
): Promise<void> {
  const { byService, total } = pointsFrom(degree, rows)
  await db.transact({ role: 'vigie_worker' }, async (tx) => {
    if (rows.length > 0) await tx.insert(schema.requirementStatus).values([...rows])
    await tx
      .insert(schema.serviceRollup)
      .values([...byService].map(([service, points]) => ({ uai, service, ...storedPoints(points) })))
    await tx.insert(schema.etablissementScore).values({ uai, ...storedScore(total), evaluatedAt: AT })
  })
}
