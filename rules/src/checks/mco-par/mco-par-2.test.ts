import { describe, expect, it } from 'vitest'
import { mcoPar2 } from './mco-par-2.ts'

describe('MCO-PAR-2', () => {
  it.each([
    [
      'every one',
      { 'parc.machine.count': 100, 'parc.machine.categorised': 100 },
      'compliant',
      '100 machines sur 100 (100 %) ont un type, un fabricant et un modèle connus.',
    ],
    [
      'exactly the compliant share',
      { 'parc.machine.count': 100, 'parc.machine.categorised': 90 },
      'compliant',
      '(90 %)',
    ],
    [
      'one below the compliant share',
      { 'parc.machine.count': 100, 'parc.machine.categorised': 89 },
      'partial',
      '(89 %) ont un type, un fabricant et un modèle connus ; reste 11 machines à décrire.',
    ],
    [
      'exactly the partial share',
      { 'parc.machine.count': 100, 'parc.machine.categorised': 50 },
      'partial',
      '(50 %)',
    ],
    [
      'one below the partial share',
      { 'parc.machine.count': 100, 'parc.machine.categorised': 49 },
      'non_compliant',
      '(49 %)',
    ],
    [
      'a single one left out',
      { 'parc.machine.count': 1, 'parc.machine.categorised': 0 },
      'non_compliant',
      '0 machine sur 1 (0 %) a un type, un fabricant et un modèle connus ; reste 1 machine à décrire.',
    ],
    [
      'an empty park',
      { 'parc.machine.count': 0, 'parc.machine.categorised': 0 },
      'not_applicable',
      'Aucune machine n’est connue dans le parc.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoPar2.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
