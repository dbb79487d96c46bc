import { describe, expect, it } from 'vitest'
import { infAut1 } from './inf-aut-1.ts'

describe('INF-AUT-1', () => {
  it.each([
    [
      'resources and every workstation',
      { 'auth.login_required': true, 'parc.workstation.count': 100, 'parc.workstation.login_required': 100 },
      'compliant',
      '100 postes sur 100 (100 %) l’exigent',
    ],
    [
      'exactly the compliant share',
      { 'auth.login_required': true, 'parc.workstation.count': 100, 'parc.workstation.login_required': 95 },
      'compliant',
      '(95 %)',
    ],
    [
      'one below the compliant share',
      { 'auth.login_required': true, 'parc.workstation.count': 100, 'parc.workstation.login_required': 94 },
      'partial',
      '(94 %)',
    ],
    [
      'no workstation protected',
      { 'auth.login_required': true, 'parc.workstation.count': 10, 'parc.workstation.login_required': 0 },
      'partial',
      '0 poste sur 10 (0 %) l’exige',
    ],
    [
      'open resources',
      { 'auth.login_required': false, 'parc.workstation.count': 100, 'parc.workstation.login_required': 100 },
      'non_compliant',
      'Des ressources s’ouvrent sans authentification.',
    ],
    [
      'an empty park',
      { 'auth.login_required': true, 'parc.workstation.count': 0, 'parc.workstation.login_required': 0 },
      'compliant',
      'aucun poste n’est connu',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infAut1.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
