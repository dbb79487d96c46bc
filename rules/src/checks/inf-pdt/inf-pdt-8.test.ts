import { describe, expect, it } from 'vitest'
import { infPdt8 } from './inf-pdt-8.ts'

describe('INF-PDT-8', () => {
  it.each([
    [
      'every workstation protected',
      {
        'parc.workstation.count': 100,
        'parc.workstation.antivirus_active': 100,
        'parc.workstation.antivirus_uptodate': 100,
      },
      'compliant',
      '100 postes sur 100 (100 %) ont un antivirus actif et 100 % un antivirus à jour.',
    ],
    [
      'exactly the compliant share',
      {
        'parc.workstation.count': 100,
        'parc.workstation.antivirus_active': 95,
        'parc.workstation.antivirus_uptodate': 95,
      },
      'compliant',
      '(95 %)',
    ],
    [
      'signatures one below the compliant share',
      {
        'parc.workstation.count': 100,
        'parc.workstation.antivirus_active': 95,
        'parc.workstation.antivirus_uptodate': 94,
      },
      'partial',
      '94 % un antivirus à jour',
    ],
    [
      'antivirus one below the compliant share',
      {
        'parc.workstation.count': 100,
        'parc.workstation.antivirus_active': 94,
        'parc.workstation.antivirus_uptodate': 94,
      },
      'partial',
      '(94 %)',
    ],
    [
      'exactly the partial share',
      {
        'parc.workstation.count': 100,
        'parc.workstation.antivirus_active': 80,
        'parc.workstation.antivirus_uptodate': 10,
      },
      'partial',
      '(80 %)',
    ],
    [
      'one below the partial share',
      {
        'parc.workstation.count': 100,
        'parc.workstation.antivirus_active': 79,
        'parc.workstation.antivirus_uptodate': 79,
      },
      'non_compliant',
      '(79 %)',
    ],
    [
      'a single bare workstation',
      {
        'parc.workstation.count': 1,
        'parc.workstation.antivirus_active': 0,
        'parc.workstation.antivirus_uptodate': 0,
      },
      'non_compliant',
      '0 poste sur 1 (0 %) a un antivirus actif',
    ],
    [
      'an empty park',
      {
        'parc.workstation.count': 0,
        'parc.workstation.antivirus_active': 0,
        'parc.workstation.antivirus_uptodate': 0,
      },
      'not_applicable',
      'Aucun poste de travail',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infPdt8.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
