import { defineCheck } from '../../check.ts'
import { figureOf, outcome, verdictOfCeiling } from '../../outcome.ts'
import { duration } from '../../wording.ts'

/** Hours. Feeding is nightly: two days allow one missed night, a week an unattended week-end and holidays. */
const CEILINGS = { compliant: 48, partial: 168 }

export const infAnn3 = defineCheck({
  requirement: 'INF-ANN-3',
  version: 1,
  needs: ['directory.sync_age'],
  title: 'Annuaire alimenté depuis l’annuaire de référence',
  rule: `Conforme si la dernière synchronisation a au plus ${duration(CEILINGS.compliant)} ; partiel jusqu’à ${duration(CEILINGS.partial)} ; non conforme au-delà.`,
  remediation:
    'Relancez la synchronisation depuis l’annuaire académique et lisez son journal ; si elle échoue encore, appelez l’assistance de l’académie.',
  evaluate: (values) => {
    const age = values['directory.sync_age']
    return outcome(
      verdictOfCeiling(age, CEILINGS),
      `La dernière synchronisation de l’annuaire date de ${duration(age)}.`,
      [figureOf('directory.sync_age', age)],
    )
  },
})
