import { defineCheck } from '../../check.ts'
import { shareOutcome } from '../../outcome.ts'
import { percent } from '../../wording.ts'

/** A recommendation: 10 % leaves room for machines being renewed; below half, regeneration is not the practice. */
const FLOORS = { compliant: 0.9, partial: 0.5 }

export const infPdt16 = defineCheck({
  requirement: 'INF-PDT-16',
  version: 2,
  needs: ['parc.workstation.shared_count', 'parc.workstation.shared_restorable'],
  bounded: [['parc.workstation.shared_restorable', 'parc.workstation.shared_count']],
  title: 'Postes partagés pris en charge par la régénération',
  rule: `Conforme si au moins ${percent(FLOORS.compliant)} des postes partagés sont pris en charge par la régénération ; partiel à partir de ${percent(FLOORS.partial)} ; non conforme en dessous. Sans outil qui le dise, l’inventaire compte les postes réinstallés depuis qu’ils sont connus, et ceux de la même journée.`,
  remediation:
    'Inscrivez les postes partagés restants dans l’outil de régénération, en commençant par les salles les plus utilisées.',
  evaluate: (values) =>
    shareOutcome({
      key: 'parc.workstation.shared_restorable',
      part: values['parc.workstation.shared_restorable'],
      whole: values['parc.workstation.shared_count'],
      floors: FLOORS,
      noun: ['poste partagé', 'postes partagés'],
      predicate: ['est pris en charge par la régénération', 'sont pris en charge par la régénération'],
      left: ['poste à inscrire', 'postes à inscrire'],
      empty: 'Aucun poste partagé n’est connu dans le parc.',
    }),
})
