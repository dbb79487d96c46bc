import { defineCheck } from '../../check.ts'
import { shareOutcome } from '../../outcome.ts'
import { percent } from '../../wording.ts'

/** 5 % covers machines in storage or under repair; below 80 % the rule is no longer the rule. */
const FLOORS = { compliant: 0.95, partial: 0.8 }

export const infPdt9 = defineCheck({
  requirement: 'INF-PDT-9',
  version: 1,
  needs: ['parc.workstation.count', 'parc.workstation.firewall_active'],
  bounded: [['parc.workstation.firewall_active', 'parc.workstation.count']],
  title: 'Pare-feu individuel actif sur les postes',
  rule: `Conforme si au moins ${percent(FLOORS.compliant)} des postes ont un pare-feu individuel actif ; partiel à partir de ${percent(FLOORS.partial)} ; non conforme en dessous.`,
  remediation: 'Activez le pare-feu du système par stratégie de groupe et vérifiez les postes restants.',
  evaluate: (values) =>
    shareOutcome({
      key: 'parc.workstation.firewall_active',
      part: values['parc.workstation.firewall_active'],
      whole: values['parc.workstation.count'],
      floors: FLOORS,
      noun: ['poste', 'postes'],
      predicate: ['a un pare-feu individuel actif', 'ont un pare-feu individuel actif'],
      left: ['poste à protéger', 'postes à protéger'],
      empty: 'Aucun poste de travail n’est connu dans le parc.',
    }),
})
