import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { figureOf, verdictOfCeiling, verdictOfShare } from './outcome.ts'

const RANK = { non_compliant: 0, partial: 1, compliant: 2, not_applicable: -1 }
const hundredths = fc.integer({ min: 0, max: 100 })

describe('verdictOfShare', () => {
  it('agrees with exact integer arithmetic on every bound', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(5000), hundredths, (whole, part, floor) => {
        const verdict = verdictOfShare(part, whole, { compliant: floor / 100, partial: 0 })
        expect(verdict === 'compliant').toBe(part * 100 >= whole * floor)
      }),
    )
  })

  it('never lowers the verdict when the share grows', () => {
    const floors = { compliant: 0.9, partial: 0.5 }
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(500), (whole, part) => {
        expect(RANK[verdictOfShare(part + 1, whole, floors)]).toBeGreaterThanOrEqual(
          RANK[verdictOfShare(part, whole, floors)],
        )
      }),
    )
  })
})

describe('verdictOfCeiling', () => {
  it.each([
    [7, 'compliant'],
    [7.1, 'partial'],
    [30, 'partial'],
    [30.1, 'non_compliant'],
  ])('decides %d days', (value, verdict) => {
    expect(verdictOfCeiling(value, { compliant: 7, partial: 30 })).toBe(verdict)
  })
})

describe('figureOf', () => {
  it('takes label and unit from the registry, and no unit for a plain count or a share', () => {
    expect(figureOf('backup.last_success_age', 5)).toEqual({
      label: 'Âge de la dernière sauvegarde réussie',
      value: 5,
      unit: 'h',
    })
    expect(figureOf('parc.machine.count', 5)).toEqual({ label: 'Machines connues dans le parc', value: 5 })
    expect(figureOf('parc.machine.dated', 3, 5)).toEqual({
      label: 'Machines dont l’âge est connu',
      value: 3,
      of: 5,
    })
  })
})
