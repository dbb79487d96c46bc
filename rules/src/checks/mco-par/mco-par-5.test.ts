import { describe, expect, it } from 'vitest'
import { mcoPar5 } from './mco-par-5.ts'

describe('MCO-PAR-5', () => {
  it.each([
    [
      'exactly the compliant share',
      { 'parc.machine.count': 100, 'parc.machine.cost_known': 90 },
      'compliant',
      '90 machines sur 100 (90 %) ont une date et un prix d’achat connus.',
    ],
    [
      'one too few',
      { 'parc.machine.count': 100, 'parc.machine.cost_known': 89 },
      'partial',
      'reste 11 machines à compléter',
    ],
    [
      'exactly the partial share',
      { 'parc.machine.count': 100, 'parc.machine.cost_known': 50 },
      'partial',
      '50 machines sur 100 (50 %)',
    ],
    [
      'one below the partial share',
      { 'parc.machine.count': 100, 'parc.machine.cost_known': 49 },
      'non_compliant',
      'reste 51 machines à compléter',
    ],
    [
      'none',
      { 'parc.machine.count': 100, 'parc.machine.cost_known': 0 },
      'non_compliant',
      '0 machine sur 100 (0 %) a une date et un prix d’achat connus',
    ],
    [
      'an empty park',
      { 'parc.machine.count': 0, 'parc.machine.cost_known': 0 },
      'not_applicable',
      'Aucune machine n’est connue dans le parc.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoPar5.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
