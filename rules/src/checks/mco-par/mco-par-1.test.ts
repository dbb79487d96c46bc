import { describe, expect, it } from 'vitest'
import { mcoPar1 } from './mco-par-1.ts'

describe('MCO-PAR-1', () => {
  it.each([
    [
      'every machine seen',
      { 'parc.machine.count': 100, 'parc.machine.reporting_30d': 100 },
      'compliant',
      '100 machines sur 100 (100 %) ont été vues depuis 30 jours.',
    ],
    [
      'exactly the compliant share',
      { 'parc.machine.count': 100, 'parc.machine.reporting_30d': 90 },
      'compliant',
      '(90 %)',
    ],
    [
      'one below it',
      { 'parc.machine.count': 100, 'parc.machine.reporting_30d': 89 },
      'partial',
      'reste 11 machines à retrouver',
    ],
    [
      'exactly the partial share',
      { 'parc.machine.count': 100, 'parc.machine.reporting_30d': 70 },
      'partial',
      '(70 %)',
    ],
    [
      'one below the partial share',
      { 'parc.machine.count': 100, 'parc.machine.reporting_30d': 69 },
      'non_compliant',
      '(69 %)',
    ],
    [
      'a single silent machine',
      { 'parc.machine.count': 1, 'parc.machine.reporting_30d': 0 },
      'non_compliant',
      '0 machine sur 1 (0 %) a été vue depuis 30 jours ; reste 1 machine à retrouver.',
    ],
    [
      'an empty inventory',
      { 'parc.machine.count': 0, 'parc.machine.reporting_30d': 0 },
      'non_compliant',
      'Aucune machine n’est inventoriée.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoPar1.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
