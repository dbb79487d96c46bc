import { describe, expect, it } from 'vitest'
import { mcoSvg7 } from './mco-svg-7.ts'

describe('MCO-SVG-7', () => {
  it.each([
    [
      'all saved',
      { 'parc.workstation.admin_disk_count': 20, 'backup.admin_workstation_covered': 1 },
      'compliant',
      '20 postes de l’administration sur 20 (100 %) sont sauvegardés.',
    ],
    [
      'exactly the compliant share',
      { 'parc.workstation.admin_disk_count': 20, 'backup.admin_workstation_covered': 0.95 },
      'compliant',
      '(95 %)',
    ],
    [
      'one below the compliant share',
      { 'parc.workstation.admin_disk_count': 20, 'backup.admin_workstation_covered': 0.9 },
      'partial',
      '(90 %)',
    ],
    [
      'exactly the partial share',
      { 'parc.workstation.admin_disk_count': 20, 'backup.admin_workstation_covered': 0.5 },
      'partial',
      '(50 %)',
    ],
    [
      'one below the partial share',
      { 'parc.workstation.admin_disk_count': 20, 'backup.admin_workstation_covered': 0.45 },
      'non_compliant',
      '(45 %)',
    ],
    [
      'a single unsaved workstation',
      { 'parc.workstation.admin_disk_count': 1, 'backup.admin_workstation_covered': 0 },
      'non_compliant',
      '0 poste de l’administration sur 1 (0 %) est sauvegardé.',
    ],
    [
      'no administrative workstation',
      { 'parc.workstation.admin_disk_count': 0, 'backup.admin_workstation_covered': 0 },
      'not_applicable',
      'Aucun poste de l’administration',
    ],
  ])('decides %s', (_case, values, verdict, sentence) => {
    const decided = mcoSvg7.evaluate(values, 0)
    expect(decided.verdict).toBe(verdict)
    expect(decided.reason.replaceAll('\u00a0', ' ')).toContain(sentence)
  })
})
