import { describe, expect, it } from 'vitest'
import { infPdt11 } from './inf-pdt-11.ts'

describe('INF-PDT-11', () => {
  it.each([
    [
      'all saved',
      {
        'parc.workstation.admin_disk_count': 20,
        'parc.workstation.admin_disk_encrypted': 12,
        'backup.admin_workstation_covered': 1,
      },
      'compliant',
      '20 postes de l’administration sur 20 (100 %) sont sauvegardés ; 12 ont un disque chiffré.',
    ],
    [
      'exactly the compliant share',
      {
        'parc.workstation.admin_disk_count': 20,
        'parc.workstation.admin_disk_encrypted': 0,
        'backup.admin_workstation_covered': 0.95,
      },
      'compliant',
      '(95 %)',
    ],
    [
      'one below the compliant share',
      {
        'parc.workstation.admin_disk_count': 20,
        'parc.workstation.admin_disk_encrypted': 0,
        'backup.admin_workstation_covered': 0.9,
      },
      'partial',
      '(90 %)',
    ],
    [
      'exactly the partial share',
      {
        'parc.workstation.admin_disk_count': 20,
        'parc.workstation.admin_disk_encrypted': 0,
        'backup.admin_workstation_covered': 0.5,
      },
      'partial',
      '(50 %)',
    ],
    [
      'one below the partial share',
      {
        'parc.workstation.admin_disk_count': 20,
        'parc.workstation.admin_disk_encrypted': 0,
        'backup.admin_workstation_covered': 0.45,
      },
      'non_compliant',
      '(45 %)',
    ],
    [
      'a single unsaved workstation',
      {
        'parc.workstation.admin_disk_count': 1,
        'parc.workstation.admin_disk_encrypted': 1,
        'backup.admin_workstation_covered': 0,
      },
      'non_compliant',
      '0 poste de l’administration sur 1 (0 %) est sauvegardé ; 1 a un disque chiffré.',
    ],
    [
      'no administrative workstation',
      {
        'parc.workstation.admin_disk_count': 0,
        'parc.workstation.admin_disk_encrypted': 0,
        'backup.admin_workstation_covered': 0,
      },
      'not_applicable',
      'Aucun poste de l’administration',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = infPdt11.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
