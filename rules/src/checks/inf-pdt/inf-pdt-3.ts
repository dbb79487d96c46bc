import { defineCheck } from '../../check.ts'
import { shareOutcome } from '../../outcome.ts'
import { percent } from '../../wording.ts'

/** A recommendation: 10 % leaves room for specialised machines; below half, masters are not the practice. */
const FLOORS = { compliant: 0.9, partial: 0.5 }

export const infPdt3 = defineCheck({
  requirement: 'INF-PDT-3',
  version: 1,
  needs: ['parc.workstation.count', 'parc.workstation.master_conform'],
  bounded: [['parc.workstation.master_conform', 'parc.workstation.count']],
  title: 'Postes conformes à leur image de référence',
  rule: `Conforme si au moins ${percent(FLOORS.compliant)} des postes sont conformes à leur image de référence ; partiel à partir de ${percent(FLOORS.partial)} ; non conforme en dessous.`,
  remediation: 'Listez les postes hors image et planifiez leur régénération, salle par salle.',
  evaluate: (values) =>
    shareOutcome({
      key: 'parc.workstation.master_conform',
      part: values['parc.workstation.master_conform'],
      whole: values['parc.workstation.count'],
      floors: FLOORS,
      noun: ['poste', 'postes'],
      predicate: ['est conforme à son image de référence', 'sont conformes à leur image de référence'],
      left: ['poste à régénérer', 'postes à régénérer'],
      empty: 'Aucun poste de travail n’est connu dans le parc.',
    }),
})
