import { describe, expect, it } from 'vitest'
import { infSec1 } from './inf-sec-1.ts'

describe('INF-SEC-1', () => {
  it.each([
    [
      'all four goals',
      {
        'parc.workstation.count': 100,
        'parc.workstation.os_supported': 100,
        'backup.encrypted_at_rest': true,
        'network.filtering_active': true,
        'network.access_controlled': true,
      },
      'compliant',
      'Les 4 objectifs',
    ],
    [
      'exactly the share of patched workstations',
      {
        'parc.workstation.count': 100,
        'parc.workstation.os_supported': 95,
        'backup.encrypted_at_rest': true,
        'network.filtering_active': true,
        'network.access_controlled': true,
      },
      'compliant',
      'Les 4 objectifs',
    ],
    [
      'one patched workstation too few',
      {
        'parc.workstation.count': 100,
        'parc.workstation.os_supported': 94,
        'backup.encrypted_at_rest': true,
        'network.filtering_active': true,
        'network.access_controlled': true,
      },
      'partial',
      '3 objectifs de sécurité sont tenus sur 4 ; à reprendre : les correctifs des postes.',
    ],
    [
      'backups in clear',
      {
        'parc.workstation.count': 100,
        'parc.workstation.os_supported': 100,
        'backup.encrypted_at_rest': false,
        'network.filtering_active': true,
        'network.access_controlled': true,
      },
      'partial',
      'le chiffrement des sauvegardes',
    ],
    [
      'no filtering',
      {
        'parc.workstation.count': 100,
        'parc.workstation.os_supported': 100,
        'backup.encrypted_at_rest': true,
        'network.filtering_active': false,
        'network.access_controlled': true,
      },
      'non_compliant',
      'le filtrage des contenus',
    ],
    [
      'an open network',
      {
        'parc.workstation.count': 100,
        'parc.workstation.os_supported': 100,
        'backup.encrypted_at_rest': true,
        'network.filtering_active': true,
        'network.access_controlled': false,
      },
      'non_compliant',
      'l’accès réservé au réseau',
    ],
    [
      'a single goal held',
      {
        'parc.workstation.count': 100,
        'parc.workstation.os_supported': 0,
        'backup.encrypted_at_rest': false,
        'network.filtering_active': false,
        'network.access_controlled': true,
      },
      'non_compliant',
      '1 objectif de sécurité est tenu sur 4 ; à reprendre : le filtrage des contenus, les correctifs des postes et le chiffrement des sauvegardes.',
    ],
    [
      'an empty park, judged on the rest',
      {
        'parc.workstation.count': 0,
        'parc.workstation.os_supported': 0,
        'backup.encrypted_at_rest': true,
        'network.filtering_active': true,
        'network.access_controlled': true,
      },
      'compliant',
      'Les 4 objectifs',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infSec1.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
