import { defineCheck } from '../../check.ts'
import { shareOutcome } from '../../outcome.ts'
import { percent } from '../../wording.ts'

/** One stolen disk is a leak: 5 % is a machine under repair; below half, encryption is not the practice. */
const FLOORS = { compliant: 0.95, partial: 0.5 }

export const utiEsf13 = defineCheck({
  requirement: 'UTI-ESF-13',
  version: 1,
  needs: ['parc.workstation.admin_disk_count', 'parc.workstation.admin_disk_encrypted'],
  bounded: [['parc.workstation.admin_disk_encrypted', 'parc.workstation.admin_disk_count']],
  title: 'Disques chiffrés sur les postes de l’administration',
  rule: `Conforme si au moins ${percent(FLOORS.compliant)} des postes de l’administration ont un disque chiffré ; partiel à partir de ${percent(FLOORS.partial)} ; non conforme en dessous.`,
  remediation: 'Chiffrez le disque des postes restants et mettez les clés de secours au coffre.',
  evaluate: (values) =>
    shareOutcome({
      key: 'parc.workstation.admin_disk_encrypted',
      part: values['parc.workstation.admin_disk_encrypted'],
      whole: values['parc.workstation.admin_disk_count'],
      floors: FLOORS,
      noun: ['poste de l’administration', 'postes de l’administration'],
      predicate: ['a un disque chiffré', 'ont un disque chiffré'],
      left: ['disque à chiffrer', 'disques à chiffrer'],
      empty: 'Aucun poste de l’administration n’est connu dans le parc.',
    }),
})
