import { describe, expect, it } from 'vitest'
import { infPdt17 } from './inf-pdt-17.ts'

describe('INF-PDT-17', () => {
  it.each([
    [
      'every one',
      { 'parc.workstation.shared_fixed_count': 100, 'parc.workstation.auto_shutdown': 100 },
      'compliant',
      '100 postes fixes partagés sur 100 (100 %) s’éteignent automatiquement le soir.',
    ],
    [
      'exactly the compliant share',
      { 'parc.workstation.shared_fixed_count': 100, 'parc.workstation.auto_shutdown': 90 },
      'compliant',
      '(90 %)',
    ],
    [
      'one below the compliant share',
      { 'parc.workstation.shared_fixed_count': 100, 'parc.workstation.auto_shutdown': 89 },
      'partial',
      '(89 %) s’éteignent automatiquement le soir ; reste 11 postes à programmer.',
    ],
    [
      'exactly the partial share',
      { 'parc.workstation.shared_fixed_count': 100, 'parc.workstation.auto_shutdown': 50 },
      'partial',
      '(50 %)',
    ],
    [
      'one below the partial share',
      { 'parc.workstation.shared_fixed_count': 100, 'parc.workstation.auto_shutdown': 49 },
      'non_compliant',
      '(49 %)',
    ],
    [
      'a single one left out',
      { 'parc.workstation.shared_fixed_count': 1, 'parc.workstation.auto_shutdown': 0 },
      'non_compliant',
      '0 poste fixe partagé sur 1 (0 %) s’éteint automatiquement le soir ; reste 1 poste à programmer.',
    ],
    [
      'an empty park',
      { 'parc.workstation.shared_fixed_count': 0, 'parc.workstation.auto_shutdown': 0 },
      'not_applicable',
      'Aucun poste fixe partagé n’est connu dans le parc.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infPdt17.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
