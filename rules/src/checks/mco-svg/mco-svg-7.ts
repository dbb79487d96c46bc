import { defineCheck } from '../../check.ts'
import { figureOf, outcome, verdictOfShare } from '../../outcome.ts'
import { agree, outOf, percent } from '../../wording.ts'

/** Every administrative machine must be saved: 5 % is one under repair in a large school; below half, nothing is organised. */
const FLOORS = { compliant: 0.95, partial: 0.5 }

export const mcoSvg7 = defineCheck({
  requirement: 'MCO-SVG-7',
  version: 1,
  needs: ['parc.workstation.admin_disk_count', 'backup.admin_workstation_covered'],
  title: 'Postes de l’administration sauvegardés',
  rule: `Conforme si au moins ${percent(FLOORS.compliant)} des postes de l’administration sont sauvegardés ; partiel à partir de ${percent(FLOORS.partial)} ; non conforme en dessous.`,
  remediation:
    'Installez l’agent de sauvegarde sur les postes de direction et de gestion qui ne sont pas couverts.',
  evaluate: (values) => {
    const workstations = values['parc.workstation.admin_disk_count']
    const saved = Math.round(values['backup.admin_workstation_covered'] * workstations)
    const figures = [figureOf('backup.admin_workstation_covered', saved, workstations)]
    if (workstations === 0)
      return outcome('not_applicable', 'Aucun poste de l’administration n’est connu dans le parc.', figures)
    return outcome(
      verdictOfShare(saved, workstations, FLOORS),
      `${outOf(saved, workstations, 'poste de l’administration', 'postes de l’administration')} ${agree(saved, 'est sauvegardé', 'sont sauvegardés')}.`,
      figures,
    )
  },
})
