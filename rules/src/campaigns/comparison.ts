import type { Retained } from '../retain.ts'

export const MOVES = ['improved', 'worsened', 'unchanged', 'not_comparable'] as const
/** How one requirement of one establishment moved between two snapshots. */
export type Move = (typeof MOVES)[number]

export const MOVE_LABELS: Readonly<Record<Move, string>> = {
  improved: 'En progrès',
  worsened: 'En recul',
  unchanged: 'Stable',
  not_comparable: 'Non comparable',
}

type Counted = Retained['counted']

const HALVES: Readonly<Record<Counted, number | null>> = {
  compliant: 2,
  partial: 1,
  non_compliant: 0,
  unknown: 0,
  not_applicable: null,
}

/**
 * In: what counted on each side, null where that side did not ask. Out: the move. Without proof earns nothing, as on
 * the score; what counts on one side only cannot be compared.
 */
export function moveBetween(left: Counted | null, right: Counted | null): Move {
  if (left === null || right === null) return 'not_comparable'
  const before = HALVES[left]
  const after = HALVES[right]
  if (before === null || after === null) return before === after ? 'unchanged' : 'not_comparable'
  return after > before ? 'improved' : after < before ? 'worsened' : 'unchanged'
}

/** One pair of verdicts and how many times it was met. */
export interface CountedPair {
  readonly left: Counted | null
  readonly right: Counted | null
  readonly count: number
}

/** A side of a comparison over what counts on both: halves over requirements. */
export interface SidePoints {
  readonly points: number
  readonly applicable: number
}

export interface Comparison {
  readonly moves: Readonly<Record<Move, number>>
  readonly left: SidePoints
  readonly right: SidePoints
}

/** In: pairs of verdicts. Out: their moves, and both sides over the pairs that count on both. */
export function comparePairs(pairs: Iterable<CountedPair>): Comparison {
  const moves: Record<Move, number> = { improved: 0, worsened: 0, unchanged: 0, not_comparable: 0 }
  let applicable = 0
  let left = 0
  let right = 0
  for (const pair of pairs) {
    moves[moveBetween(pair.left, pair.right)] += pair.count
    const before = pair.left === null ? null : HALVES[pair.left]
    const after = pair.right === null ? null : HALVES[pair.right]
    if (before === null || after === null) continue
    applicable += pair.count
    left += before * pair.count
    right += after * pair.count
  }
  return { moves, left: { points: left, applicable }, right: { points: right, applicable } }
}
