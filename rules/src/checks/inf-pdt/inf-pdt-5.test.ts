import { describe, expect, it } from 'vitest'
import { infPdt5 } from './inf-pdt-5.ts'

describe('INF-PDT-5', () => {
  it.each([
    [
      'every one',
      { 'parc.workstation.count': 100, 'parc.workstation.user_without_admin': 100 },
      'compliant',
      '100 postes sur 100 (100 %) sont utilisés sans droits d’administration.',
    ],
    [
      'exactly the compliant share',
      { 'parc.workstation.count': 100, 'parc.workstation.user_without_admin': 90 },
      'compliant',
      '(90 %)',
    ],
    [
      'one below the compliant share',
      { 'parc.workstation.count': 100, 'parc.workstation.user_without_admin': 89 },
      'partial',
      '(89 %) sont utilisés sans droits d’administration ; reste 11 postes où les retirer.',
    ],
    [
      'exactly the partial share',
      { 'parc.workstation.count': 100, 'parc.workstation.user_without_admin': 50 },
      'partial',
      '(50 %)',
    ],
    [
      'one below the partial share',
      { 'parc.workstation.count': 100, 'parc.workstation.user_without_admin': 49 },
      'non_compliant',
      '(49 %)',
    ],
    [
      'a single one left out',
      { 'parc.workstation.count': 1, 'parc.workstation.user_without_admin': 0 },
      'non_compliant',
      '0 poste sur 1 (0 %) est utilisé sans droits d’administration ; reste 1 poste où les retirer.',
    ],
    [
      'an empty park',
      { 'parc.workstation.count': 0, 'parc.workstation.user_without_admin': 0 },
      'not_applicable',
      'Aucun poste de travail n’est connu dans le parc.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infPdt5.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
