import { defineCheck } from '../../check.ts'
import { shareOutcome } from '../../outcome.ts'
import { percent } from '../../wording.ts'

/** 5 % covers machines in storage or under repair; below 80 % the rule is no longer the rule. */
const FLOORS = { compliant: 0.95, partial: 0.8 }

export const infPdt7 = defineCheck({
  requirement: 'INF-PDT-7',
  version: 1,
  needs: ['parc.workstation.count', 'parc.workstation.login_required'],
  bounded: [['parc.workstation.login_required', 'parc.workstation.count']],
  title: 'Ouverture de session authentifiée sur les postes',
  rule: `Conforme si au moins ${percent(FLOORS.compliant)} des postes exigent une authentification ; partiel à partir de ${percent(FLOORS.partial)} ; non conforme en dessous.`,
  remediation:
    'Désactivez l’ouverture de session automatique sur les postes restants et donnez un compte à chaque utilisateur.',
  evaluate: (values) =>
    shareOutcome({
      key: 'parc.workstation.login_required',
      part: values['parc.workstation.login_required'],
      whole: values['parc.workstation.count'],
      floors: FLOORS,
      noun: ['poste', 'postes'],
      predicate: ['exige une authentification', 'exigent une authentification'],
      left: ['poste à protéger', 'postes à protéger'],
      empty: 'Aucun poste de travail n’est connu dans le parc.',
    }),
})
