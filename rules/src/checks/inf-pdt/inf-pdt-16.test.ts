import { describe, expect, it } from 'vitest'
import { infPdt16 } from './inf-pdt-16.ts'

describe('INF-PDT-16', () => {
  it.each([
    [
      'every one',
      { 'parc.workstation.shared_count': 100, 'parc.workstation.shared_restorable': 100 },
      'compliant',
      '100 postes partagés sur 100 (100 %) sont pris en charge par la régénération.',
    ],
    [
      'exactly the compliant share',
      { 'parc.workstation.shared_count': 100, 'parc.workstation.shared_restorable': 90 },
      'compliant',
      '(90 %)',
    ],
    [
      'one below the compliant share',
      { 'parc.workstation.shared_count': 100, 'parc.workstation.shared_restorable': 89 },
      'partial',
      '(89 %) sont pris en charge par la régénération ; reste 11 postes à inscrire.',
    ],
    [
      'exactly the partial share',
      { 'parc.workstation.shared_count': 100, 'parc.workstation.shared_restorable': 50 },
      'partial',
      '(50 %)',
    ],
    [
      'one below the partial share',
      { 'parc.workstation.shared_count': 100, 'parc.workstation.shared_restorable': 49 },
      'non_compliant',
      '(49 %)',
    ],
    [
      'a single one left out',
      { 'parc.workstation.shared_count': 1, 'parc.workstation.shared_restorable': 0 },
      'non_compliant',
      '0 poste partagé sur 1 (0 %) est pris en charge par la régénération ; reste 1 poste à inscrire.',
    ],
    [
      'an empty park',
      { 'parc.workstation.shared_count': 0, 'parc.workstation.shared_restorable': 0 },
      'not_applicable',
      'Aucun poste partagé n’est connu dans le parc.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infPdt16.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
