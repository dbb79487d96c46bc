import { describe, expect, it } from 'vitest'
import { curveOf } from './curve.ts'
import type { SchoolYear } from './history-view.ts'

const score = (rate: number) => ({
  exige: { numerator: 10 * rate, denominator: 10, rate },
  ...{ recommande: null, coverage: null, index: null },
})
const aYear = (over: Partial<SchoolYear> = {}): SchoolYear => ({
  ...{ label: '2026-2027', start: '2026-09-01', end: '2027-08-31', from: null, to: null, points: [] },
  ...over,
})

describe('curveOf', () => {
  it('holds each score until the next, then until today', () => {
    const { line, dots } = curveOf(
      aYear({ from: score(0.2), points: [{ day: '2026-11-16', score: score(0.5) }] }),
      '2026-12-31',
    )
    expect(line.map(({ y }) => y)).toEqual([20, 20, 50, 50])
    expect(line[0]?.x).toBe(0)
    expect(line[1]?.x).toBe(line[2]?.x)
    expect(line.at(-1)?.x).toBeCloseTo((100 * 122) / 365, 1)
    expect(dots).toHaveLength(1)
  })

  it('ends with a year that is past, and is empty before any score', () => {
    const past = aYear({ label: '2024-2025', start: '2024-09-01', end: '2025-08-31', from: score(0.4) })
    expect(curveOf(past, '2026-12-31').line).toEqual([
      { x: 0, y: 40 },
      { x: 100, y: 40 },
    ])
    expect(curveOf(aYear(), '2026-12-31').line).toEqual([])
  })

  it('names the twelve months from September on', () => {
    const { months } = curveOf(aYear(), '2026-12-31')
    expect(months).toHaveLength(12)
    expect(months[0]).toEqual({ label: 'sept.', x: 0 })
  })
})
