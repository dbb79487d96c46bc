import { describe, expect, it } from 'vitest'
import { infAut12 } from './inf-aut-12.ts'

describe('INF-AUT-12', () => {
  it.each([
    [
      'exactly the compliant share',
      { 'mobile.individual_count': 100, 'mobile.biometric_local': 100 },
      'compliant',
      '100 mobiles sur 100 (100 %) gardent leur donnée biométrique sur le terminal.',
    ],
    [
      'one too few',
      { 'mobile.individual_count': 100, 'mobile.biometric_local': 99 },
      'partial',
      'reste 1 mobile à régler',
    ],
    [
      'exactly the partial share',
      { 'mobile.individual_count': 100, 'mobile.biometric_local': 90 },
      'partial',
      '90 mobiles sur 100 (90 %)',
    ],
    [
      'one below the partial share',
      { 'mobile.individual_count': 100, 'mobile.biometric_local': 89 },
      'non_compliant',
      'reste 11 mobiles à régler',
    ],
    [
      'none',
      { 'mobile.individual_count': 100, 'mobile.biometric_local': 0 },
      'non_compliant',
      '0 mobile sur 100 (0 %) garde sa donnée biométrique sur le terminal',
    ],
    [
      'no mobile',
      { 'mobile.individual_count': 0, 'mobile.biometric_local': 0 },
      'not_applicable',
      'Aucun mobile individuel n’est géré.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infAut12.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
