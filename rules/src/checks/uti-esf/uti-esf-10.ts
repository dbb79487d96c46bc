import { defineCheck } from '../../check.ts'
import { faultWhen, figureOf, outcome, verdictOfCeiling } from '../../outcome.ts'
import { days } from '../../wording.ts'

/** Days: a monthly reading finds a corrupted copy while older ones remain; beyond six months they are gone. */
const CEILINGS = { compliant: 31, partial: 180 }

export const utiEsf10 = defineCheck({
  requirement: 'UTI-ESF-10',
  version: 1,
  needs: ['backup.data_verified_age', 'backup.check_passed'],
  title: 'Intégrité des données contrôlée',
  rule: `Conforme si toutes les données sauvegardées ont été relues et comparées à leur empreinte depuis au plus ${days(CEILINGS.compliant)}, sans erreur ; partiel jusqu’à ${days(CEILINGS.partial)} ; non conforme au-delà, ou si la dernière vérification a trouvé des erreurs. Un contrôle de la seule structure ne compte pas.`,
  remediation:
    'Programmez chaque mois une relecture complète des données sauvegardées (pour restic : restic check --read-data) ; après une erreur, réparez le dépôt et refaites une sauvegarde complète.',
  faults: [
    faultWhen(['backup.check_passed'], (values) =>
      values['backup.check_passed']
        ? null
        : 'La dernière vérification des sauvegardes a trouvé des données altérées.',
    ),
  ],
  evaluate: (values) => {
    const age = values['backup.data_verified_age']
    const passed = values['backup.check_passed']
    const figures = [figureOf('backup.data_verified_age', age), figureOf('backup.check_passed', passed)]
    if (!passed)
      return outcome(
        'non_compliant',
        'La dernière vérification des sauvegardes a trouvé des données altérées.',
        figures,
      )
    return outcome(
      verdictOfCeiling(age, CEILINGS),
      `La dernière relecture complète des données sauvegardées date de ${days(age)}, sans erreur.`,
      figures,
    )
  },
})
