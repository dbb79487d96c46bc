import { LEVEL_ORDER, REQUIREMENTS } from '@vigie/rules'
import type { GapRow } from './aggregates.ts'
import type { Overview } from './schema.ts'

type Gap = Overview['worstGaps'][number]

const SHOWN = 10
const DEGREES = ['d1', 'd2'] as const

/**
 * In: stored counts per requirement and degree, how many establishments each degree has, the service or requirement
 * to keep. Out: the worst gaps, required first, then the most failed, then the least proven. No row means unknown.
 */
export function worstGapsOf(
  rows: readonly GapRow[],
  totals: Readonly<Record<'d1' | 'd2', number>>,
  only: { service?: string | undefined; requirement?: string | undefined },
): Gap[] {
  const stored = new Map(rows.map((row) => [`${row.requirement} ${row.degree}`, row]))
  return REQUIREMENTS.filter(
    ({ id, service }) => (only.service ?? service) === service && (only.requirement ?? id) === id,
  )
    .map((requirement): Gap => {
      const levels = { E: 0, R: 0, F: 0 }
      const sums = { nonCompliant: 0, unknown: 0, applicable: 0 }
      for (const degree of DEGREES) {
        const row = stored.get(`${requirement.id} ${degree}`)
        const applicable = totals[degree] - (row?.not_applicable ?? 0)
        levels[requirement.levels[degree]] += applicable
        sums.applicable += applicable
        sums.nonCompliant += row?.non_compliant ?? 0
        sums.unknown += totals[degree] - (row?.proven ?? 0)
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
    })
    .filter((gap) => gap.nonCompliant + gap.unknown > 0)
    .toSorted(
      (a, b) =>
        LEVEL_ORDER.indexOf(a.level) - LEVEL_ORDER.indexOf(b.level) ||
        b.nonCompliant - a.nonCompliant ||
        b.unknown - a.unknown,
    )
    .slice(0, SHOWN)
}
