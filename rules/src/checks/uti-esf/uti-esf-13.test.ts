import { describe, expect, it } from 'vitest'
import { utiEsf13 } from './uti-esf-13.ts'

describe('UTI-ESF-13', () => {
  it.each([
    [
      'every one',
      { 'parc.workstation.admin_disk_count': 100, 'parc.workstation.admin_disk_encrypted': 100 },
      'compliant',
      '100 postes de l’administration sur 100 (100 %) ont un disque chiffré.',
    ],
    [
      'exactly the compliant share',
      { 'parc.workstation.admin_disk_count': 100, 'parc.workstation.admin_disk_encrypted': 95 },
      'compliant',
      '(95 %)',
    ],
    [
      'one below the compliant share',
      { 'parc.workstation.admin_disk_count': 100, 'parc.workstation.admin_disk_encrypted': 94 },
      'partial',
      '(94 %) ont un disque chiffré ; reste 6 disques à chiffrer.',
    ],
    [
      'exactly the partial share',
      { 'parc.workstation.admin_disk_count': 100, 'parc.workstation.admin_disk_encrypted': 50 },
      'partial',
      '(50 %)',
    ],
    [
      'one below the partial share',
      { 'parc.workstation.admin_disk_count': 100, 'parc.workstation.admin_disk_encrypted': 49 },
      'non_compliant',
      '(49 %)',
    ],
    [
      'a single one left out',
      { 'parc.workstation.admin_disk_count': 1, 'parc.workstation.admin_disk_encrypted': 0 },
      'non_compliant',
      '0 poste de l’administration sur 1 (0 %) a un disque chiffré ; reste 1 disque à chiffrer.',
    ],
    [
      'an empty park',
      { 'parc.workstation.admin_disk_count': 0, 'parc.workstation.admin_disk_encrypted': 0 },
      'not_applicable',
      'Aucun poste de l’administration n’est connu dans le parc.',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = utiEsf13.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
