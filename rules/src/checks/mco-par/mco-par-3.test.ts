import { describe, expect, it } from 'vitest'
import { mcoPar3 } from './mco-par-3.ts'

describe('MCO-PAR-3', () => {
  it.each([
    [
      'exactly the compliant share',
      { 'parc.machine.count': 100, 'parc.machine.searchable': 90 },
      'compliant',
      '90 machines sur 100 (90 %) se retrouvent par nom, numéro de série, type et modèle.',
    ],
    [
      'one too few',
      { 'parc.machine.count': 100, 'parc.machine.searchable': 89 },
      'partial',
      'reste 11 machines à décrire',
    ],
    [
      'exactly the partial share',
      { 'parc.machine.count': 100, 'parc.machine.searchable': 50 },
      'partial',
      '50 machines sur 100 (50 %)',
    ],
    [
      'one below the partial share',
      { 'parc.machine.count': 100, 'parc.machine.searchable': 49 },
      'non_compliant',
      'reste 51 machines à décrire',
    ],
    [
      'none',
      { 'parc.machine.count': 100, 'parc.machine.searchable': 0 },
      'non_compliant',
      '0 machine sur 100 (0 %) se retrouve par nom, numéro de série, type et modèle',
    ],
    [
      'an empty park',
      { 'parc.machine.count': 0, 'parc.machine.searchable': 0 },
      'not_applicable',
      'Aucune machine n’est connue dans le parc.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoPar3.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
