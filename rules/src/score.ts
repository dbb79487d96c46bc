import { SERVICE_IDS } from './requirement.ts'
import type { Level, RequirementId, ServiceId } from './requirement.ts'
import type { Retained } from './retain.ts'

/** Half points (compliant 2, partial 1, otherwise 0) over the number of applicable requirements of a level. */
export interface LevelPoints {
  readonly points: number
  readonly applicable: number
}

/** Additive counts, integers only, from which any score is read. */
export interface ScorePoints {
  readonly e: LevelPoints
  readonly r: LevelPoints
  readonly f: LevelPoints
  /** Applicable requirements with a status in force. */
  readonly fresh: number
  /** Applicable requirements of every level, derogated ones included. */
  readonly applicable: number
  readonly contradictions: number
  readonly derogations: number
  /** Applicable, not derogated, without proof. */
  readonly unknown: number
  /** Applicable, not derogated, counted as not compliant by a proof. */
  readonly nonCompliant: number
}

/** `numerator` and `denominator` in requirements (halves possible above), `rate` from 0 to 1. */
export interface Share {
  readonly numerator: number
  readonly denominator: number
  readonly rate: number
}

/** Null means « pas de donnée »: an empty denominator. `index` goes from 0 to 100. */
export interface Score {
  readonly exige: Share | null
  readonly recommande: Share | null
  readonly coverage: Share | null
  readonly index: number | null
}

/** One requirement of one establishment, with its level there and its retained status. */
export interface RetainedRequirement {
  readonly requirement: RequirementId
  readonly level: Level
  readonly retained: Retained
}

type Mutable<T> = { -readonly [P in keyof T]: T[P] extends LevelPoints ? Mutable<LevelPoints> : T[P] }

const blank = (): Mutable<ScorePoints> => ({
  e: { points: 0, applicable: 0 },
  r: { points: 0, applicable: 0 },
  f: { points: 0, applicable: 0 },
  fresh: 0,
  applicable: 0,
  contradictions: 0,
  derogations: 0,
  unknown: 0,
  nonCompliant: 0,
})

const copyOf = (points: ScorePoints): Mutable<ScorePoints> => ({
  ...points,
  e: { ...points.e },
  r: { ...points.r },
  f: { ...points.f },
})

const levelOf = (points: Mutable<ScorePoints>, level: Level): Mutable<LevelPoints> =>
  level === 'E' ? points.e : level === 'R' ? points.r : points.f

function accumulate(points: Mutable<ScorePoints>, level: Level, retained: Retained): void {
  if (retained.status === 'contradiction') points.contradictions += 1
  if (retained.counted === 'not_applicable') return
  points.applicable += 1
  if (retained.fresh) points.fresh += 1
  if (level === 'R' && retained.derogatedUntil !== null) {
    points.derogations += 1
    return
  }
  const target = levelOf(points, level)
  target.applicable += 1
  if (retained.counted === 'compliant') target.points += 2
  else if (retained.counted === 'partial') target.points += 1
  else if (retained.counted === 'unknown') points.unknown += 1
  else points.nonCompliant += 1
}

/** Points of nothing: the neutral element of `sumPoints`. */
export const emptyPoints = (): ScorePoints => blank()

/** In: points, a level and a status. Out: new points with that requirement added. */
export function addStatus(points: ScorePoints, level: Level, retained: Retained): ScorePoints {
  const next = copyOf(points)
  accumulate(next, level, retained)
  return next
}

/** In: points of disjoint sets of requirements. Out: the points of their union. */
export function sumPoints(...all: readonly ScorePoints[]): ScorePoints {
  const sum = blank()
  for (const points of all) {
    for (const level of ['e', 'r', 'f'] as const) {
      sum[level].points += points[level].points
      sum[level].applicable += points[level].applicable
    }
    sum.fresh += points.fresh
    sum.applicable += points.applicable
    sum.contradictions += points.contradictions
    sum.derogations += points.derogations
    sum.unknown += points.unknown
    sum.nonCompliant += points.nonCompliant
  }
  return sum
}

const shareOf = (numerator: number, denominator: number): Share | null =>
  denominator === 0 ? null : { numerator, denominator, rate: numerator / denominator }

/** In: points. Out: the rates and the CARINE index, 100 × E-rate × (0.6 + 0.4 × R-rate). */
export function scoreOf(points: ScorePoints): Score {
  const exige = shareOf(points.e.points / 2, points.e.applicable)
  const recommande = shareOf(points.r.points / 2, points.r.applicable)
  return {
    exige,
    recommande,
    coverage: shareOf(points.fresh, points.applicable),
    index: exige && recommande ? 100 * exige.rate * (0.6 + 0.4 * recommande.rate) : null,
  }
}

/** In: a requirement id. Out: its service, read from the id. */
export const serviceOf = (requirement: RequirementId): ServiceId =>
  requirement.slice(0, requirement.lastIndexOf('-')) as ServiceId

/** In: the groups to show and a way to name the group of each requirement. Out: points per group, empty ones too. */
export function pointsBy<G extends string>(
  groups: readonly G[],
  statuses: Iterable<RetainedRequirement>,
  groupOf: (status: RetainedRequirement) => G,
): ReadonlyMap<G, ScorePoints> {
  const byGroup = new Map(groups.map((group) => [group, blank()]))
  for (const status of statuses) {
    const points = byGroup.get(groupOf(status))
    if (points) accumulate(points, status.level, status.retained)
  }
  return byGroup
}

/** In: the statuses of an establishment. Out: points of each of the 15 services. */
export const pointsByService = (
  statuses: Iterable<RetainedRequirement>,
): ReadonlyMap<ServiceId, ScorePoints> =>
  pointsBy(SERVICE_IDS, statuses, ({ requirement }) => serviceOf(requirement))
