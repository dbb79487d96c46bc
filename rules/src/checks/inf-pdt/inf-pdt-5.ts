import { defineCheck } from '../../check.ts'
import { shareOutcome } from '../../outcome.ts'
import { percent } from '../../wording.ts'

/** A recommendation: 10 % leaves room for test machines (INF-PDT-6); below half, rights are given by default. */
const FLOORS = { compliant: 0.9, partial: 0.5 }

export const infPdt5 = defineCheck({
  requirement: 'INF-PDT-5',
  version: 1,
  needs: ['parc.workstation.count', 'parc.workstation.user_without_admin'],
  bounded: [['parc.workstation.user_without_admin', 'parc.workstation.count']],
  title: 'Utilisateurs sans droits d’administration',
  rule: `Conforme si au moins ${percent(FLOORS.compliant)} des postes sont utilisés sans droits d’administration ; partiel à partir de ${percent(FLOORS.partial)} ; non conforme en dessous.`,
  remediation:
    'Retirez les comptes d’usage du groupe des administrateurs locaux et gardez un compte d’administration distinct.',
  evaluate: (values) =>
    shareOutcome({
      key: 'parc.workstation.user_without_admin',
      part: values['parc.workstation.user_without_admin'],
      whole: values['parc.workstation.count'],
      floors: FLOORS,
      noun: ['poste', 'postes'],
      predicate: ['est utilisé sans droits d’administration', 'sont utilisés sans droits d’administration'],
      left: ['poste où les retirer', 'postes où les retirer'],
      empty: 'Aucun poste de travail n’est connu dans le parc.',
    }),
})
