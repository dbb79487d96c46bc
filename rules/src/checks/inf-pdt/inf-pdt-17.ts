import { defineCheck } from '../../check.ts'
import { shareOutcome } from '../../outcome.ts'
import { percent } from '../../wording.ts'

/** A recommendation: 10 % leaves room for machines that must stay on; below half, there is no procedure. */
const FLOORS = { compliant: 0.9, partial: 0.5 }

export const infPdt17 = defineCheck({
  requirement: 'INF-PDT-17',
  version: 2,
  needs: ['parc.workstation.shared_fixed_count', 'parc.workstation.auto_shutdown'],
  bounded: [['parc.workstation.auto_shutdown', 'parc.workstation.shared_fixed_count']],
  title: 'Arrêt automatique des postes fixes partagés',
  rule: `Conforme si au moins ${percent(FLOORS.compliant)} des postes fixes partagés s’éteignent automatiquement le soir ; partiel à partir de ${percent(FLOORS.partial)} ; non conforme en dessous. Sans outil qui le dise, l’inventaire tient pour éteint la nuit un poste rallumé le jour même où il le voit.`,
  remediation: 'Programmez l’arrêt du soir sur les postes fixes partagés restants.',
  evaluate: (values) =>
    shareOutcome({
      key: 'parc.workstation.auto_shutdown',
      part: values['parc.workstation.auto_shutdown'],
      whole: values['parc.workstation.shared_fixed_count'],
      floors: FLOORS,
      noun: ['poste fixe partagé', 'postes fixes partagés'],
      predicate: ['s’éteint automatiquement le soir', 's’éteignent automatiquement le soir'],
      left: ['poste à programmer', 'postes à programmer'],
      empty: 'Aucun poste fixe partagé n’est connu dans le parc.',
    }),
})
