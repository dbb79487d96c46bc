import { describe, expect, it } from 'vitest'
import type { Check, CheckInput } from '../check.ts'
import { CHECKS } from '../checks/index.ts'
import { evaluateRequirement } from '../evaluate.ts'
import type { Evaluated, Observation } from '../evaluate.ts'
import { EVIDENCE_KEYS, definitionOf, expiryOf, refusalOfValue } from '../evidence.ts'
import type { Evidence, EvidenceKey } from '../evidence.ts'
import type { DecidedVerdict } from '../verdict.ts'
import { typeset } from '../wording.ts'
import { SCENARIOS } from './index.ts'
import { reachableVerdicts } from './reachable-verdicts.ts'
import { sampleInputs } from './sample-inputs.ts'
import type { Scenarios, Values } from './scenario.ts'

const NOW = Date.UTC(2026, 10, 16, 9)
const HOUR = 3_600_000
const VERDICTS: readonly DecidedVerdict[] = ['compliant', 'partial', 'non_compliant', 'not_applicable']

const scenariosOf = (check: Check): Scenarios => {
  const scenarios = SCENARIOS[check.requirement]
  if (!scenarios) throw new Error(`${check.requirement} has no scenario`)
  return scenarios
}

const valuesOf = (check: Check, verdict: DecidedVerdict): Values => {
  const scenarios = scenariosOf(check)
  return { ...scenarios.compliant, ...scenarios[verdict] }
}

interface Circumstances {
  readonly ages?: Partial<Record<EvidenceKey, number>>
  readonly absent?: EvidenceKey
  readonly failed?: EvidenceKey
}

function judge(check: Check, values: Values, { ages, absent, failed }: Circumstances = {}): Evaluated {
  const evidence = new Map<EvidenceKey, Evidence>()
  for (const key of EVIDENCE_KEYS) {
    const value = values[key]
    if (value === undefined || key === absent) continue
    evidence.set(key, { key, value, observedAt: NOW - (ages?.[key] ?? HOUR) })
  }
  const observation: Observation = { evidence, failedKeys: new Set(failed ? [failed] : []) }
  return evaluateRequirement(check.requirement, observation, NOW)
}

describe('the table of scenarios', () => {
  it('has a line for every automatic check, and for nothing else', () => {
    expect(Object.keys(SCENARIOS).toSorted()).toEqual(CHECKS.map(({ requirement }) => requirement).toSorted())
  })
})

describe.each(CHECKS.map((check) => [check.requirement, check] as const))('%s', (_requirement, check) => {
  it('has a scenario for each verdict that its rule can give, and for no other', () => {
    const reachable = reachableVerdicts(check)
    expect(reachable).toContain('compliant')
    expect(reachable).toContain('non_compliant')
    expect(VERDICTS.filter((verdict) => scenariosOf(check)[verdict] !== undefined)).toEqual(
      VERDICTS.filter((verdict) => reachable.has(verdict)),
    )
  })

  it('speaks of the keys that it needs, with values that fit them', () => {
    for (const verdict of VERDICTS)
      for (const [key, value] of Object.entries(scenariosOf(check)[verdict] ?? {})) {
        expect(check.needs).toContain(key)
        expect(refusalOfValue(key as EvidenceKey, value), `${verdict} ${key}`).toBeNull()
      }
    expect(Object.keys(scenariosOf(check).compliant).toSorted()).toEqual([...check.needs].toSorted())
  })

  it.each(VERDICTS.filter((verdict) => scenariosOf(check)[verdict] !== undefined))('is %s', (verdict) => {
    const { observed, usedKeys, ruleVersion, staleAt } = judge(check, valuesOf(check, verdict))
    expect(observed.verdict, observed.reason).toBe(verdict)
    expect(observed.figures.length).toBeGreaterThan(0)
    expect(usedKeys).toEqual(check.needs)
    expect(ruleVersion).toBe(check.version)
    expect(staleAt).toBe(Math.min(...check.needs.map((key) => expiryOf(key, NOW - HOUR))))
  })

  it.each(check.needs)('is stale from the instant at which « %s » expires', (key) => {
    const life = definitionOf(key).freshnessHours * HOUR
    const values = valuesOf(check, 'compliant')
    expect(judge(check, values, { ages: { [key]: life - 1 } }).observed.verdict).toBe('compliant')
    const { observed, staleAt } = judge(check, values, { ages: { [key]: life } })
    expect(observed).toMatchObject({ verdict: 'unknown', unknownReason: 'stale', figures: [] })
    expect(observed.reason).toContain(typeset(definitionOf(key).label))
    expect(staleAt).toBeNull()
  })

  it.each(check.needs)('was never observed without « %s »', (key) => {
    const { observed } = judge(check, valuesOf(check, 'compliant'), { absent: key })
    expect(observed).toMatchObject({ verdict: 'unknown', unknownReason: 'never_observed', figures: [] })
    expect(observed.reason).toContain(typeset(definitionOf(key).label))
  })

  it('was never observed when nothing is known', () => {
    const { observed } = judge(check, {})
    expect(observed).toMatchObject({ verdict: 'unknown', unknownReason: 'never_observed' })
  })

  it.each(check.needs)('blames the collection of « %s » when it failed before any evidence', (key) => {
    const { observed } = judge(check, valuesOf(check, 'compliant'), { absent: key, failed: key })
    expect(observed).toMatchObject({ verdict: 'unknown', unknownReason: 'collector_failed' })
  })

  it.each(check.bounded ?? [])('decides nothing when « %s » exceeds « %s »', (part, whole) => {
    const values = valuesOf(check, 'compliant') as CheckInput<EvidenceKey>
    const { observed } = judge(check, { ...values, [part]: Number(values[whole]) + 1 })
    expect(observed).toMatchObject({ verdict: 'unknown', unknownReason: 'collector_failed' })
  })

  if (check.faults)
    it('needs nothing more than the keys of a fault to be non-compliant, and says the same with them all', () => {
      for (const { needs, find } of check.faults ?? []) {
        let found = 0
        for (const values of sampleInputs(check)) {
          if (find(values) === null) continue
          found += 1
          expect(check.evaluate(values, NOW).verdict).toBe('non_compliant')
          if (found > 1) continue
          const alone = judge(check, Object.fromEntries(needs.map((key) => [key, values[key]])))
          expect(alone.observed).toMatchObject({ verdict: 'non_compliant' })
          expect(alone.observed.reason).toMatch(/^[A-ZÀ-Ý\d].*\.$/)
          expect(alone.observed.figures).toHaveLength(needs.length)
          expect(alone.usedKeys).toEqual(needs)
          expect(alone.staleAt).toBe(Math.min(...needs.map((key) => expiryOf(key, NOW - HOUR))))
        }
        expect(found).toBeGreaterThan(0)
      }
    })
})
