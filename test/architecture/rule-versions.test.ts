import { CHECKS, REQUIREMENTS, isAutomatic } from '@vigie/rules'
import { describe, expect, it } from 'vitest'
import { digestOf, readDigests } from './rule-digest.ts'

const digests = readDigests()

describe('the versions of the rules', () => {
  it.each(CHECKS.map((check) => [check.requirement, check] as const))(
    '%s says, reads and decides what its version sealed (a change asks for `version` + 1, then `npm run seal:rules`)',
    (requirement, check) => {
      expect(digests[requirement]?.[check.version]).toBe(digestOf(check))
    },
  )

  it('are sealed one after the other, the last one in force', () => {
    for (const { requirement, version } of CHECKS) {
      const sealed = Object.keys(digests[requirement] ?? {}).map(Number)
      expect(sealed, requirement).toEqual(sealed.toSorted((a, b) => a - b))
      expect(sealed.at(-1), requirement).toBe(version)
    }
  })

  it('seal nothing that is not in the catalogue', () => {
    const ids = new Set(REQUIREMENTS.map(({ id }): string => id))
    expect(Object.keys(digests).filter((id) => !ids.has(id))).toEqual([])
  })

  it('cover at least 80 of the 163 requirements', () => {
    expect(REQUIREMENTS.filter(({ id }) => isAutomatic(id)).length).toBeGreaterThanOrEqual(80)
  })

  it('tell another digest as soon as a text, a need or a verdict changes', () => {
    const check = CHECKS[0]!
    const others = [
      { ...check, rule: `${check.rule} ` },
      { ...check, needs: check.needs.toReversed() },
      { ...check, evaluate: () => ({ verdict: 'compliant' as const, reason: '', figures: [] }) },
    ]
    for (const other of others) expect(digestOf(other)).not.toBe(digestOf(check))
  })
})
