import { describe, expect, it } from 'vitest'
import { mcoPar11 } from './mco-par-11.ts'

describe('MCO-PAR-11', () => {
  it.each([
    [
      'exactly the compliant share',
      { 'parc.retired.count': 100, 'parc.retired.documented': 100 },
      'compliant',
      '100 mises au rebut sur 100 (100 %) ont leur filière enregistrée.',
    ],
    [
      'one too few',
      { 'parc.retired.count': 100, 'parc.retired.documented': 99 },
      'partial',
      'reste 1 mise au rebut à documenter',
    ],
    [
      'exactly the partial share',
      { 'parc.retired.count': 100, 'parc.retired.documented': 50 },
      'partial',
      '50 mises au rebut sur 100 (50 %)',
    ],
    [
      'one below the partial share',
      { 'parc.retired.count': 100, 'parc.retired.documented': 49 },
      'non_compliant',
      'reste 51 mises au rebut à documenter',
    ],
    [
      'none',
      { 'parc.retired.count': 100, 'parc.retired.documented': 0 },
      'non_compliant',
      '0 mise au rebut sur 100 (0 %) a sa filière enregistrée',
    ],
    [
      'nothing retired',
      { 'parc.retired.count': 0, 'parc.retired.documented': 0 },
      'not_applicable',
      'Aucune mise au rebut n’est enregistrée.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoPar11.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
