import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EVIDENCE_KEYS, definitionOf, expiryOf, isEvidenceKey, refusalOfValue } from './evidence.ts'

const HOUR = 3_600_000

describe('the registry of evidence keys', () => {
  it('names each key service.subject, with a French label of its own', () => {
    for (const key of EVIDENCE_KEYS) {
      expect(key).toMatch(/^[a-z]+(\.[a-z0-9_]+)+$/)
      expect(definitionOf(key).label).toMatch(/^[A-ZÀ-Ý].*[^.]$/)
      expect(definitionOf(key).freshnessHours).toBeGreaterThan(0)
    }
    expect(new Set(EVIDENCE_KEYS.map((key) => definitionOf(key).label)).size).toBe(EVIDENCE_KEYS.length)
  })

  it('accepts nothing personal from outside', () => {
    expect(EVIDENCE_KEYS.filter((key) => definitionOf(key).privacy === 'personal')).toEqual([])
  })

  it.each(['', 'parc', 'toString', '__proto__', 'parc.workstation.Count'])('does not know « %s »', (key) => {
    expect(isEvidenceKey(key)).toBe(false)
  })

  it('expires an observation at its own pace', () => {
    expect(expiryOf('backup.last_success_age', 1_000)).toBe(1_000 + 72 * HOUR)
    expect(expiryOf('parc.workstation.count', 0)).toBe(45 * 24 * HOUR)
  })
})

describe('refusalOfValue', () => {
  it.each([
    ['parc.workstation.count', 0],
    ['backup.success_ratio_30d', 1],
    ['backup.logged', false],
  ] as const)('accepts %s = %s', (key, value) => {
    expect(refusalOfValue(key, value)).toBeNull()
  })

  it.each([
    ['parc.workstation.count', -1, 'attendu : au moins 0'],
    ['parc.workstation.count', '12', 'attendu : un nombre fini'],
    ['parc.workstation.count', Number.NaN, 'attendu : un nombre fini'],
    ['backup.success_ratio_30d', 1.01, 'attendu : au plus 1'],
    ['backup.last_success_age', Infinity, 'attendu : un nombre fini'],
    ['backup.logged', 1, 'attendu : true ou false'],
    ['backup.logged', null, 'attendu : true ou false'],
  ] as const)('refuses %s = %s with the remedy', (key, value, remedy) => {
    expect(refusalOfValue(key, value)).toBe(remedy)
  })

  it('answers for any value without throwing, and accepts only the declared type', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EVIDENCE_KEYS), fc.anything(), (key, value) => {
        const refusal = refusalOfValue(key, value)
        if (refusal === null) expect(typeof value).toBe(definitionOf(key).type)
        else expect(refusal).toMatch(/^attendu : /)
      }),
    )
  })
})
