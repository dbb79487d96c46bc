import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Check, CheckInput } from '../check.ts'
import { definitionOf } from '../evidence.ts'
import type { EvidenceKey, EvidenceValue } from '../evidence.ts'
import { SCENARIOS } from '../scenarios/index.ts'
import { CHECKS } from './index.ts'

const valueOf = (key: EvidenceKey): fc.Arbitrary<EvidenceValue> => {
  const { type, unit } = definitionOf(key)
  if (type === 'boolean') return fc.boolean()
  if (unit === 'ratio') return fc.double({ min: 0, max: 1, noNaN: true })
  return unit === '1' ? fc.nat(200) : fc.double({ min: 0, max: 2000, noNaN: true })
}

const inputOf = (check: Check): fc.Arbitrary<CheckInput<EvidenceKey>> =>
  fc
    .record(Object.fromEntries(check.needs.map((key) => [key, valueOf(key)])))
    .map((values) => values as CheckInput<EvidenceKey>)
    .filter((values) => (check.bounded ?? []).every(([part, whole]) => values[part] <= values[whole]))

describe.each(CHECKS.map((check) => [check.requirement, check] as const))('%s', (_requirement, check) => {
  it('decides any evidence, in one typeset sentence with figures, by a verdict that has its scenario', () => {
    fc.assert(
      fc.property(inputOf(check), (values) => {
        const decided = check.evaluate(values, 0)
        expect(decided.reason).toMatch(/^[A-ZÀ-Ý\d].*\.$/)
        expect(decided.reason).not.toMatch(/ [:;!?%»]|« |'|NaN|undefined|Infinity| {2}/)
        expect(decided.figures.length).toBeGreaterThan(0)
        expect(SCENARIOS[check.requirement]?.[decided.verdict], decided.verdict).toBeDefined()
        expect(check.evaluate(values, 0)).toEqual(decided)
      }),
      { numRuns: 60 },
    )
  })
})
