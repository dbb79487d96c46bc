import { defineCheck } from '../../check.ts'
import { figureOf, outcome, verdictOfCeiling } from '../../outcome.ts'
import { days } from '../../wording.ts'

/** Days. Vendors patch monthly: a quarter is the pace of a school term, two quarters leave known holes open. */
const CEILINGS = { compliant: 90, partial: 180 }

export const mcoReg3 = defineCheck({
  requirement: 'MCO-REG-3',
  version: 1,
  needs: ['regeneration.master.age'],
  title: 'Correctifs intégrés aux images de référence',
  rule: `Conforme si les images de référence ont été mises à jour depuis au plus ${days(CEILINGS.compliant)} ; partiel jusqu’à ${days(CEILINGS.partial)} ; non conforme au-delà.`,
  remediation:
    'Faites reconstruire les images avec les derniers correctifs du système et des applications, puis régénérez une salle d’essai.',
  evaluate: (values) => {
    const age = values['regeneration.master.age']
    return outcome(
      verdictOfCeiling(age, CEILINGS),
      `La dernière mise à jour des images de référence date de ${days(age)}.`,
      [figureOf('regeneration.master.age', age)],
    )
  },
})
