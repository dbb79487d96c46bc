import { describe, expect, it } from 'vitest'
import { mcoPar4 } from './mco-par-4.ts'

describe('MCO-PAR-4', () => {
  it.each([
    [
      'every one',
      { 'parc.machine.count': 100, 'parc.machine.linked_to_supervision': 100 },
      'compliant',
      '100 machines sur 100 (100 %) sont rattachées à la supervision.',
    ],
    [
      'exactly the compliant share',
      { 'parc.machine.count': 100, 'parc.machine.linked_to_supervision': 90 },
      'compliant',
      '(90 %)',
    ],
    [
      'one below the compliant share',
      { 'parc.machine.count': 100, 'parc.machine.linked_to_supervision': 89 },
      'partial',
      '(89 %) sont rattachées à la supervision ; reste 11 machines à rattacher.',
    ],
    [
      'exactly the partial share',
      { 'parc.machine.count': 100, 'parc.machine.linked_to_supervision': 50 },
      'partial',
      '(50 %)',
    ],
    [
      'one below the partial share',
      { 'parc.machine.count': 100, 'parc.machine.linked_to_supervision': 49 },
      'non_compliant',
      '(49 %)',
    ],
    [
      'a single one left out',
      { 'parc.machine.count': 1, 'parc.machine.linked_to_supervision': 0 },
      'non_compliant',
      '0 machine sur 1 (0 %) est rattachée à la supervision ; reste 1 machine à rattacher.',
    ],
    [
      'an empty park',
      { 'parc.machine.count': 0, 'parc.machine.linked_to_supervision': 0 },
      'not_applicable',
      'Aucune machine n’est connue dans le parc.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoPar4.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
