import { defineCheck } from '../../check.ts'
import { faultWhen, figureOf, outcome, verdictOfShare } from '../../outcome.ts'
import { agree, outOf, percent } from '../../wording.ts'

/** 5 % covers machines in storage or under repair; the partial floor is zero, as network resources stay protected. */
const FLOORS = { compliant: 0.95, partial: 0 }

export const infAut1 = defineCheck({
  requirement: 'INF-AUT-1',
  version: 2,
  needs: ['auth.login_required', 'parc.workstation.count', 'parc.workstation.login_required'],
  bounded: [['parc.workstation.login_required', 'parc.workstation.count']],
  title: 'Authentification avant tout accès, local ou distant',
  rule: `Conforme si les ressources exigent une authentification et au moins ${percent(FLOORS.compliant)} des postes aussi ; partiel si trop de postes s’ouvrent librement ; non conforme si des ressources s’ouvrent sans authentification.`,
  remediation:
    'Fermez les accès anonymes aux partages et aux applications, puis désactivez l’ouverture de session automatique des postes.',
  faults: [
    faultWhen(['auth.login_required'], (values) =>
      values['auth.login_required'] ? null : 'Des ressources s’ouvrent sans authentification.',
    ),
  ],
  evaluate: (values) => {
    const required = values['auth.login_required']
    const workstations = values['parc.workstation.count']
    const protectedCount = values['parc.workstation.login_required']
    const figures = [
      figureOf('auth.login_required', required),
      figureOf('parc.workstation.login_required', protectedCount, workstations),
    ]
    if (!required) return outcome('non_compliant', 'Des ressources s’ouvrent sans authentification.', figures)
    if (workstations === 0)
      return outcome(
        'compliant',
        'Les ressources exigent une authentification ; aucun poste n’est connu.',
        figures,
      )
    return outcome(
      verdictOfShare(protectedCount, workstations, FLOORS),
      `Les ressources exigent une authentification, et ${outOf(protectedCount, workstations, 'poste', 'postes')} ${agree(protectedCount, 'l’exige', 'l’exigent')} à l’ouverture de session.`,
      figures,
    )
  },
})
