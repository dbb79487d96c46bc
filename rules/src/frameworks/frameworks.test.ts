import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRequirementId } from '../catalogue/index.ts'
import { FRAMEWORKS, judgeControl } from './index.ts'

type Counted = ReturnType<typeof judgeControl>['verdict']

const judge = (...verdicts: Counted[]) => {
  const requirements = verdicts.map((_verdict, index) => `INF-AUT-${index + 1}` as const)
  return judgeControl(
    { requirements },
    (id) => verdicts[Number(id.slice('INF-AUT-'.length)) - 1] ?? 'unknown',
  )
}

describe.each(FRAMEWORKS.map((framework) => [framework.id, framework] as const))('%s', (_id, framework) => {
  it('names requirements that exist, each control once, in a group that it declares', () => {
    const ids = framework.controls.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const groups = new Set(framework.groups.map(({ id }) => id))
    for (const control of framework.controls) {
      expect(groups).toContain(control.group)
      expect(control.requirements.filter((id) => !isRequirementId(id))).toEqual([])
      expect(control.statement).toMatch(/^[A-ZÀ-Ý].*\.$/)
    }
  })
})

it('ships the 58 measures of a small structure', () => {
  expect(FRAMEWORKS.find(({ id }) => id === 'hygiene')?.controls).toHaveLength(58)
})

describe('a control', () => {
  it.each([
    ['all of its requirements hold', ['compliant', 'compliant'], 'compliant'],
    ['those that apply hold', ['compliant', 'not_applicable'], 'compliant'],
    ['one is missing beside one that holds', ['compliant', 'non_compliant'], 'partial'],
    ['one is unknown beside one that holds', ['compliant', 'unknown'], 'partial'],
    ['none holds', ['non_compliant', 'unknown'], 'non_compliant'],
    ['nothing is known', ['unknown', 'unknown'], 'unknown'],
    ['none applies', ['not_applicable'], 'not_applicable'],
    ['no requirement covers it', [], 'unknown'],
  ] as const)('when %s', (_case, verdicts, expected) => {
    expect(judge(...verdicts).verdict).toBe(expected)
  })

  it('never gets worse when one of its requirements becomes compliant', () => {
    const rank = { non_compliant: 0, unknown: 1, partial: 2, compliant: 3, not_applicable: 4 }
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('compliant', 'partial', 'non_compliant', 'unknown'), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.nat(5),
        (verdicts, at) => {
          const better = verdicts.map((verdict, index) =>
            index === at % verdicts.length ? 'compliant' : verdict,
          )
          expect(rank[judge(...better).verdict]).toBeGreaterThanOrEqual(rank[judge(...verdicts).verdict])
        },
      ),
    )
  })
})
