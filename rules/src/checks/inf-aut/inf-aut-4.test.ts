import { describe, expect, it } from 'vitest'
import { infAut4 } from './inf-aut-4.ts'

describe('INF-AUT-4', () => {
  it.each([
    [
      'exactly the compliant share',
      { 'parc.workstation.shared_count': 100, 'parc.workstation.shared_user_visible': 90 },
      'compliant',
      '90 postes partagés sur 100 (90 %) affichent qui a ouvert la session.',
    ],
    [
      'one too few',
      { 'parc.workstation.shared_count': 100, 'parc.workstation.shared_user_visible': 89 },
      'partial',
      'reste 11 postes à régler',
    ],
    [
      'exactly the partial share',
      { 'parc.workstation.shared_count': 100, 'parc.workstation.shared_user_visible': 50 },
      'partial',
      '50 postes partagés sur 100 (50 %)',
    ],
    [
      'one below the partial share',
      { 'parc.workstation.shared_count': 100, 'parc.workstation.shared_user_visible': 49 },
      'non_compliant',
      'reste 51 postes à régler',
    ],
    [
      'none',
      { 'parc.workstation.shared_count': 100, 'parc.workstation.shared_user_visible': 0 },
      'non_compliant',
      '0 poste partagé sur 100 (0 %) affiche qui a ouvert la session',
    ],
    [
      'an empty park',
      { 'parc.workstation.shared_count': 0, 'parc.workstation.shared_user_visible': 0 },
      'not_applicable',
      'Aucun poste partagé n’est connu dans le parc.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infAut4.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
