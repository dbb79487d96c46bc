import { describe, expect, it } from 'vitest'
import { infPdt3 } from './inf-pdt-3.ts'

describe('INF-PDT-3', () => {
  it.each([
    [
      'every one',
      { 'parc.workstation.count': 100, 'parc.workstation.master_conform': 100 },
      'compliant',
      '100 postes sur 100 (100 %) sont conformes à leur image de référence.',
    ],
    [
      'exactly the compliant share',
      { 'parc.workstation.count': 100, 'parc.workstation.master_conform': 90 },
      'compliant',
      '(90 %)',
    ],
    [
      'one below the compliant share',
      { 'parc.workstation.count': 100, 'parc.workstation.master_conform': 89 },
      'partial',
      '(89 %) sont conformes à leur image de référence ; reste 11 postes à régénérer.',
    ],
    [
      'exactly the partial share',
      { 'parc.workstation.count': 100, 'parc.workstation.master_conform': 50 },
      'partial',
      '(50 %)',
    ],
    [
      'one below the partial share',
      { 'parc.workstation.count': 100, 'parc.workstation.master_conform': 49 },
      'non_compliant',
      '(49 %)',
    ],
    [
      'a single one left out',
      { 'parc.workstation.count': 1, 'parc.workstation.master_conform': 0 },
      'non_compliant',
      '0 poste sur 1 (0 %) est conforme à son image de référence ; reste 1 poste à régénérer.',
    ],
    [
      'an empty park',
      { 'parc.workstation.count': 0, 'parc.workstation.master_conform': 0 },
      'not_applicable',
      'Aucun poste de travail n’est connu dans le parc.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infPdt3.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
