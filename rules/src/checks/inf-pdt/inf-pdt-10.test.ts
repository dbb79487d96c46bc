import { describe, expect, it } from 'vitest'
import { infPdt10 } from './inf-pdt-10.ts'

describe('INF-PDT-10', () => {
  it.each([
    [
      'every one',
      { 'parc.workstation.count': 100, 'parc.workstation.autolock': 100 },
      'compliant',
      '100 postes sur 100 (100 %) se verrouillent après inactivité.',
    ],
    [
      'exactly the compliant share',
      { 'parc.workstation.count': 100, 'parc.workstation.autolock': 95 },
      'compliant',
      '(95 %)',
    ],
    [
      'one below the compliant share',
      { 'parc.workstation.count': 100, 'parc.workstation.autolock': 94 },
      'partial',
      '(94 %) se verrouillent après inactivité ; reste 6 postes à régler.',
    ],
    [
      'exactly the partial share',
      { 'parc.workstation.count': 100, 'parc.workstation.autolock': 80 },
      'partial',
      '(80 %)',
    ],
    [
      'one below the partial share',
      { 'parc.workstation.count': 100, 'parc.workstation.autolock': 79 },
      'non_compliant',
      '(79 %)',
    ],
    [
      'a single one left out',
      { 'parc.workstation.count': 1, 'parc.workstation.autolock': 0 },
      'non_compliant',
      '0 poste sur 1 (0 %) se verrouille après inactivité ; reste 1 poste à régler.',
    ],
    [
      'an empty park',
      { 'parc.workstation.count': 0, 'parc.workstation.autolock': 0 },
      'not_applicable',
      'Aucun poste de travail n’est connu dans le parc.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infPdt10.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
