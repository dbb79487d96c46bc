import { defineCheck } from '../../check.ts'
import { figureOf, outcome, verdictOfCeiling } from '../../outcome.ts'
import { days } from '../../wording.ts'

/** Days. « Regularly » is read as twice a school year; a test older than a year says nothing of today’s media. */
const CEILINGS = { compliant: 180, partial: 365 }

export const mcoSvg8 = defineCheck({
  requirement: 'MCO-SVG-8',
  version: 1,
  needs: ['backup.restore_test_age'],
  title: 'Restauration testée',
  rule: `Conforme si un test de restauration a réussi depuis au plus ${days(CEILINGS.compliant)} ; partiel jusqu’à ${days(CEILINGS.partial)} ; non conforme au-delà.`,
  remediation:
    'Restaurez cette semaine un dossier d’essai à partir de la dernière sauvegarde et enregistrez le résultat.',
  evaluate: (values) => {
    const age = values['backup.restore_test_age']
    return outcome(
      verdictOfCeiling(age, CEILINGS),
      `Le dernier test de restauration réussi date de ${days(age)}.`,
      [figureOf('backup.restore_test_age', age)],
    )
  },
})
