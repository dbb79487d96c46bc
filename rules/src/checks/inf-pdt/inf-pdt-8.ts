import { defineCheck } from '../../check.ts'
import { figureOf, outcome, verdictOfShare } from '../../outcome.ts'
import { agree, outOf, percent } from '../../wording.ts'

/** 5 % covers machines in storage or under repair; below 80 % an infection spreads through the rest. */
const FLOORS = { compliant: 0.95, partial: 0.8 }

export const infPdt8 = defineCheck({
  requirement: 'INF-PDT-8',
  version: 1,
  needs: [
    'parc.workstation.count',
    'parc.workstation.antivirus_active',
    'parc.workstation.antivirus_uptodate',
  ],
  bounded: [
    ['parc.workstation.antivirus_active', 'parc.workstation.count'],
    ['parc.workstation.antivirus_uptodate', 'parc.workstation.count'],
  ],
  title: 'Antivirus présent et à jour sur les postes',
  rule: `Conforme si au moins ${percent(FLOORS.compliant)} des postes ont un antivirus actif et au moins ${percent(FLOORS.compliant)} un antivirus à jour ; partiel si au moins ${percent(FLOORS.partial)} ont un antivirus actif ; non conforme en dessous.`,
  remediation:
    'Ouvrez la liste des postes sans antivirus ou en retard, réinstallez l’agent et forcez la mise à jour des signatures.',
  evaluate: (values) => {
    const workstations = values['parc.workstation.count']
    const active = values['parc.workstation.antivirus_active']
    const upToDate = values['parc.workstation.antivirus_uptodate']
    const figures = [
      figureOf('parc.workstation.antivirus_active', active, workstations),
      figureOf('parc.workstation.antivirus_uptodate', upToDate, workstations),
    ]
    if (workstations === 0)
      return outcome('not_applicable', 'Aucun poste de travail n’est connu dans le parc.', figures)
    const activeVerdict = verdictOfShare(active, workstations, FLOORS)
    const upToDateVerdict = verdictOfShare(upToDate, workstations, FLOORS)
    const verdict =
      activeVerdict === 'compliant' && upToDateVerdict !== 'compliant' ? 'partial' : activeVerdict
    return outcome(
      verdict,
      `${outOf(active, workstations, 'poste', 'postes')} ${agree(active, 'a', 'ont')} un antivirus actif et ${percent(upToDate / workstations)} un antivirus à jour.`,
      figures,
    )
  },
})
