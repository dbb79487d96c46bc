import { LEVEL_ORDER, requirementById, type Requirement } from '@vigie/rules'
import type { GapRow } from './count-gaps.ts'
import type { Overview } from './schema.ts'

type Gap = Overview['worstGaps'][number]
type Totals = Readonly<Record<'d1' | 'd2', number>>

export const GAPS_SHOWN = 10

function gapOf(requirement: Requirement, rows: readonly GapRow[], totals: Totals): Gap {
  const levels = { E: 0, R: 0, F: 0 }
  const sums = { nonCompliant: 0, unknown: 0, applicable: 0 }
  for (const { degree, proven, nonCompliant, notApplicable } of rows) {
    const applicable = totals[degree] - notApplicable
    levels[requirement.levels[degree]] += applicable
    sums.applicable += applicable
    sums.nonCompliant += nonCompliant
    sums.unknown += totals[degree] - proven
  }
  const { id, statement, service } = requirement
  const missing = sums.nonCompliant + sums.unknown
  return {
    ...{ requirement: id, statement, service, levels, ...sums },
    level: LEVEL_ORDER.find((level) => levels[level] > 0) ?? 'F',
    share:
      sums.applicable === 0
        ? null
        : { numerator: missing, denominator: sums.applicable, rate: missing / sums.applicable },
  }
}

const byUrgency = (a: Gap, b: Gap): number =>
  LEVEL_ORDER.indexOf(a.level) - LEVEL_ORDER.indexOf(b.level) ||
  b.nonCompliant - a.nonCompliant ||
  b.unknown - a.unknown

/**
 * In: counts per requirement and degree, in catalogue order, and how many establishments each degree has. Out: the
 * worst gaps, required first, then the most failed, then the least proven.
 */
export function worstGapsOf(rows: readonly GapRow[], totals: Totals): Gap[] {
  return [...Map.groupBy(rows, (row) => row.requirement)]
    .flatMap(([id, own]) => {
      const requirement = requirementById(id)
      return requirement ? [gapOf(requirement, own, totals)] : []
    })
    .filter((gap) => gap.nonCompliant + gap.unknown > 0)
    .toSorted(byUrgency)
    .slice(0, GAPS_SHOWN)
}
