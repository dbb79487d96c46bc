import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SERVICE_IDS } from './requirement.ts'
import type { Level, RequirementId } from './requirement.ts'
import type { Retained } from './retain.ts'
import { addStatus, emptyPoints, pointsBy, pointsByService, scoreOf, serviceOf, sumPoints } from './score.ts'
import type { RetainedRequirement, ScorePoints } from './score.ts'

type Counted = Retained['counted']

const retained = (counted: Counted, over: Partial<Retained> = {}): Retained => ({
  status: counted,
  counted,
  basis: counted === 'unknown' ? 'none' : 'observed',
  reopened: false,
  derogatedUntil: null,
  fresh: counted !== 'unknown',
  ...over,
})
const pointsOf = (...statuses: readonly (readonly [Level, Retained])[]): ScorePoints =>
  statuses.reduce((points, [level, status]) => addStatus(points, level, status), emptyPoints())

const anyLevel = fc.constantFrom<Level>('E', 'R', 'F')
const anyCounted = fc.constantFrom<Counted>(
  'compliant',
  'partial',
  'non_compliant',
  'not_applicable',
  'unknown',
)
const anyStatus: fc.Arbitrary<readonly [Level, Retained]> = fc
  .record({ level: anyLevel, counted: anyCounted, contradicted: fc.boolean(), derogated: fc.boolean() })
  .map(({ level, counted, contradicted, derogated }) => [
    level,
    retained(counted, {
      ...(contradicted && counted !== 'unknown' ? { status: 'contradiction' as const } : {}),
      derogatedUntil: derogated && level === 'R' ? 1 : null,
    }),
  ])
const manyStatuses = fc.array(anyStatus, { maxLength: 163 })

describe('points', () => {
  it('gives two half points to compliant, one to partial, none to the rest', () => {
    expect(
      pointsOf(
        ['E', retained('compliant')],
        ['E', retained('partial')],
        ['E', retained('non_compliant')],
        ['E', retained('unknown')],
      ),
    ).toEqual({
      ...emptyPoints(),
      e: { points: 3, applicable: 4 },
      fresh: 3,
      applicable: 4,
      unknown: 1,
      nonCompliant: 1,
    })
  })

  it('takes « sans objet » out of every denominator', () => {
    expect(pointsOf(['E', retained('not_applicable')])).toEqual(emptyPoints())
  })

  it('takes a derogated recommendation out of its denominator and counts the derogation', () => {
    const points = pointsOf(
      ['R', retained('non_compliant', { derogatedUntil: 5 })],
      ['R', retained('compliant')],
    )
    expect(points).toMatchObject({
      r: { points: 2, applicable: 1 },
      derogations: 1,
      nonCompliant: 0,
      applicable: 2,
    })
  })

  it('counts a derogation on level R only', () => {
    expect(pointsOf(['E', retained('non_compliant', { derogatedUntil: 5 })])).toMatchObject({
      e: { points: 0, applicable: 1 },
      derogations: 0,
    })
  })

  it('counts contradictions at their worse verdict', () => {
    expect(pointsOf(['E', retained('partial', { status: 'contradiction' })])).toMatchObject({
      e: { points: 1, applicable: 1 },
      contradictions: 1,
    })
  })

  it('does not modify what it is given', () => {
    const before = emptyPoints()
    addStatus(before, 'E', retained('compliant'))
    expect(before).toEqual(emptyPoints())
  })

  it('adds up in any split and any order', () => {
    fc.assert(
      fc.property(manyStatuses, manyStatuses, (left, right) => {
        const whole = pointsOf(...left, ...right)
        expect(sumPoints(pointsOf(...left), pointsOf(...right))).toEqual(whole)
        expect(sumPoints(pointsOf(...right), pointsOf(...left))).toEqual(whole)
        expect(sumPoints(whole, emptyPoints())).toEqual(whole)
      }),
    )
  })
})

describe('scoreOf', () => {
  it('says « pas de donnée » on an empty denominator, never 0 nor 100', () => {
    expect(scoreOf(emptyPoints())).toEqual({ exige: null, recommande: null, coverage: null, index: null })
    expect(scoreOf(pointsOf(['E', retained('compliant')]))).toMatchObject({ recommande: null, index: null })
    expect(scoreOf(pointsOf(['R', retained('compliant')]))).toMatchObject({ exige: null, index: null })
  })

  it('gives each rate with its numerator and denominator, in requirements', () => {
    const score = scoreOf(
      pointsOf(
        ['E', retained('compliant')],
        ['E', retained('partial')],
        ['R', retained('unknown')],
        ['R', retained('compliant')],
      ),
    )
    expect(score.exige).toEqual({ numerator: 1.5, denominator: 2, rate: 0.75 })
    expect(score.recommande).toEqual({ numerator: 1, denominator: 2, rate: 0.5 })
    expect(score.coverage).toEqual({ numerator: 3, denominator: 4, rate: 0.75 })
    expect(score.index).toBeCloseTo(100 * 0.75 * (0.6 + 0.4 * 0.5))
  })

  it('reaches 100 when all is compliant, 60 without any recommendation, 0 without any requirement', () => {
    const index = (e: Counted, r: Counted) => scoreOf(pointsOf(['E', retained(e)], ['R', retained(r)])).index
    expect(index('compliant', 'compliant')).toBe(100)
    expect(index('compliant', 'non_compliant')).toBe(60)
    expect(index('unknown', 'compliant')).toBe(0)
  })

  it('stays between 0 and 100', () => {
    fc.assert(
      fc.property(manyStatuses, (statuses) => {
        const { index, coverage } = scoreOf(pointsOf(...statuses))
        expect(index === null || (index >= 0 && index <= 100)).toBe(true)
        expect(coverage === null || (coverage.rate >= 0 && coverage.rate <= 1)).toBe(true)
      }),
    )
  })

  it('never falls when one requirement gets better', () => {
    const ladder = [['unknown', 'non_compliant'], ['partial'], ['compliant']] as const
    const step = fc
      .integer({ min: 0, max: 1 })
      .chain((from) =>
        fc.tuple(
          fc.constantFrom<Counted>(...(ladder[from] ?? [])),
          fc.constantFrom<Counted>(...(ladder[from + 1] ?? [])),
        ),
      )
    fc.assert(
      fc.property(manyStatuses, anyLevel, step, fc.boolean(), (others, level, [worse, better], derogated) => {
        const over = { derogatedUntil: derogated && level === 'R' ? 1 : null }
        const indexWith = (counted: Counted) =>
          scoreOf(pointsOf(...others, [level, retained(counted, over)])).index ?? -1
        expect(indexWith(better)).toBeGreaterThanOrEqual(indexWith(worse))
      }),
    )
  })
})

describe('points per group', () => {
  const status = (requirement: RequirementId, level: Level, counted: Counted): RetainedRequirement => ({
    requirement,
    level,
    retained: retained(counted),
  })
  const statuses = [
    status('INF-PDT-8', 'E', 'compliant'),
    status('INF-PDT-9', 'R', 'partial'),
    status('MCO-SVG-13', 'E', 'unknown'),
  ]

  it('reads the service from the id', () => {
    expect([serviceOf('INF-PDT-8'), serviceOf('MCO-SVG-13')]).toEqual(['INF-PDT', 'MCO-SVG'])
  })

  it('shows the 15 services, empty ones too, and they add up to the establishment', () => {
    const byService = pointsByService(statuses)
    expect([...byService.keys()]).toEqual([...SERVICE_IDS])
    expect(byService.get('INF-PDT')).toEqual(
      pointsOf(['E', retained('compliant')], ['R', retained('partial')]),
    )
    expect(byService.get('UTI-REC')).toEqual(emptyPoints())
    expect(sumPoints(...byService.values())).toEqual(
      pointsOf(...statuses.map(({ level, retained: one }) => [level, one] as const)),
    )
  })

  it('groups by anything else', () => {
    const byLevel = pointsBy(['E', 'R', 'F'], statuses, ({ level }) => level)
    expect(byLevel.get('E')?.applicable).toBe(2)
    expect(byLevel.get('F')).toEqual(emptyPoints())
  })
})
