import { describe, expect, it } from 'vitest'
import { mcoPar13 } from './mco-par-13.ts'

describe('MCO-PAR-13', () => {
  it.each([
    [
      'every one',
      { 'parc.machine.count': 100, 'parc.machine.software_known': 100 },
      'compliant',
      '100 machines sur 100 (100 %) ont leurs logiciels inventoriés.',
    ],
    [
      'exactly the compliant share',
      { 'parc.machine.count': 100, 'parc.machine.software_known': 90 },
      'compliant',
      '(90 %)',
    ],
    [
      'one below the compliant share',
      { 'parc.machine.count': 100, 'parc.machine.software_known': 89 },
      'partial',
      '(89 %) ont leurs logiciels inventoriés ; reste 11 machines à inventorier.',
    ],
    [
      'exactly the partial share',
      { 'parc.machine.count': 100, 'parc.machine.software_known': 50 },
      'partial',
      '(50 %)',
    ],
    [
      'one below the partial share',
      { 'parc.machine.count': 100, 'parc.machine.software_known': 49 },
      'non_compliant',
      '(49 %)',
    ],
    [
      'a single one left out',
      { 'parc.machine.count': 1, 'parc.machine.software_known': 0 },
      'non_compliant',
      '0 machine sur 1 (0 %) a ses logiciels inventoriés ; reste 1 machine à inventorier.',
    ],
    [
      'an empty park',
      { 'parc.machine.count': 0, 'parc.machine.software_known': 0 },
      'not_applicable',
      'Aucune machine n’est connue dans le parc.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoPar13.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
