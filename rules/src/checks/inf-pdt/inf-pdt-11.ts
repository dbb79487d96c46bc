import { defineCheck } from '../../check.ts'
import { figureOf, outcome, verdictOfShare } from '../../outcome.ts'
import { agree, counted, outOf, percent } from '../../wording.ts'

/** Every administrative machine must be saved: 5 % is one under repair in a large school; below half, nothing is organised. */
const FLOORS = { compliant: 0.95, partial: 0.5 }

export const infPdt11 = defineCheck({
  requirement: 'INF-PDT-11',
  version: 1,
  needs: [
    'parc.workstation.admin_disk_count',
    'parc.workstation.admin_disk_encrypted',
    'backup.admin_workstation_covered',
  ],
  bounded: [['parc.workstation.admin_disk_encrypted', 'parc.workstation.admin_disk_count']],
  title: 'Données administratives des postes protégées',
  rule: `Conforme si au moins ${percent(FLOORS.compliant)} des postes de l’administration sont sauvegardés ; partiel à partir de ${percent(FLOORS.partial)} ; non conforme en dessous. Le chiffrement du disque, facultatif, est indiqué sans compter.`,
  remediation:
    'Ajoutez au plan de sauvegarde les postes de direction et de gestion qui n’y sont pas, ou déplacez leurs données sur le serveur.',
  evaluate: (values) => {
    const workstations = values['parc.workstation.admin_disk_count']
    const encrypted = values['parc.workstation.admin_disk_encrypted']
    const saved = Math.round(values['backup.admin_workstation_covered'] * workstations)
    const figures = [
      figureOf('backup.admin_workstation_covered', saved, workstations),
      figureOf('parc.workstation.admin_disk_encrypted', encrypted, workstations),
    ]
    if (workstations === 0)
      return outcome('not_applicable', 'Aucun poste de l’administration n’est connu dans le parc.', figures)
    return outcome(
      verdictOfShare(saved, workstations, FLOORS),
      `${outOf(saved, workstations, 'poste de l’administration', 'postes de l’administration')} ${agree(saved, 'est sauvegardé', 'sont sauvegardés')} ; ${counted(encrypted, 'a un disque chiffré', 'ont un disque chiffré')}.`,
      figures,
    )
  },
})
