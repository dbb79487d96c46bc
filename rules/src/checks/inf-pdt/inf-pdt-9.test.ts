import { describe, expect, it } from 'vitest'
import { infPdt9 } from './inf-pdt-9.ts'

describe('INF-PDT-9', () => {
  it.each([
    [
      'every one',
      { 'parc.workstation.count': 100, 'parc.workstation.firewall_active': 100 },
      'compliant',
      '100 postes sur 100 (100 %) ont un pare-feu individuel actif.',
    ],
    [
      'exactly the compliant share',
      { 'parc.workstation.count': 100, 'parc.workstation.firewall_active': 95 },
      'compliant',
      '(95 %)',
    ],
    [
      'one below the compliant share',
      { 'parc.workstation.count': 100, 'parc.workstation.firewall_active': 94 },
      'partial',
      '(94 %) ont un pare-feu individuel actif ; reste 6 postes à protéger.',
    ],
    [
      'exactly the partial share',
      { 'parc.workstation.count': 100, 'parc.workstation.firewall_active': 80 },
      'partial',
      '(80 %)',
    ],
    [
      'one below the partial share',
      { 'parc.workstation.count': 100, 'parc.workstation.firewall_active': 79 },
      'non_compliant',
      '(79 %)',
    ],
    [
      'a single one left out',
      { 'parc.workstation.count': 1, 'parc.workstation.firewall_active': 0 },
      'non_compliant',
      '0 poste sur 1 (0 %) a un pare-feu individuel actif ; reste 1 poste à protéger.',
    ],
    [
      'an empty park',
      { 'parc.workstation.count': 0, 'parc.workstation.firewall_active': 0 },
      'not_applicable',
      'Aucun poste de travail n’est connu dans le parc.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infPdt9.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
