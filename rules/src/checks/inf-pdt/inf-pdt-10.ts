import { defineCheck } from '../../check.ts'
import { shareOutcome } from '../../outcome.ts'
import { percent } from '../../wording.ts'

/** 5 % covers machines in storage or under repair; below 80 % the rule is no longer the rule. */
const FLOORS = { compliant: 0.95, partial: 0.8 }

export const infPdt10 = defineCheck({
  requirement: 'INF-PDT-10',
  version: 1,
  needs: ['parc.workstation.count', 'parc.workstation.autolock'],
  bounded: [['parc.workstation.autolock', 'parc.workstation.count']],
  title: 'Verrouillage automatique après inactivité',
  rule: `Conforme si au moins ${percent(FLOORS.compliant)} des postes se verrouillent après inactivité ; partiel à partir de ${percent(FLOORS.partial)} ; non conforme en dessous.`,
  remediation:
    'Réglez le verrouillage automatique par stratégie, avec le délai de votre politique de sécurité.',
  evaluate: (values) =>
    shareOutcome({
      key: 'parc.workstation.autolock',
      part: values['parc.workstation.autolock'],
      whole: values['parc.workstation.count'],
      floors: FLOORS,
      noun: ['poste', 'postes'],
      predicate: ['se verrouille après inactivité', 'se verrouillent après inactivité'],
      left: ['poste à régler', 'postes à régler'],
      empty: 'Aucun poste de travail n’est connu dans le parc.',
    }),
})
