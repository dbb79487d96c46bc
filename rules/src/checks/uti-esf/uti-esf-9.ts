import { defineCheck } from '../../check.ts'
import { faultWhen, figureOf, outcome, verdictOfCeiling, verdictOfShare } from '../../outcome.ts'
import { duration, percent } from '../../wording.ts'

/** Share of the servers: 5 % is one being replaced; below half, what is saved is an exception. */
const COVERED = { compliant: 0.95, partial: 0.5 }
/** Hours since the last success: two days allow one missed night, a week is the most work a school can redo. */
const AGE = { compliant: 48, partial: 168 }

export const utiEsf9 = defineCheck({
  requirement: 'UTI-ESF-9',
  version: 1,
  needs: ['backup.server_covered', 'backup.last_success_age'],
  title: 'Serveurs sauvegardés régulièrement',
  rule: `Conforme si au moins ${percent(COVERED.compliant)} des serveurs de l’établissement sont sauvegardés et si la dernière sauvegarde réussie a au plus ${duration(AGE.compliant)} ; non conforme sous ${percent(COVERED.partial)} ou au-delà de ${duration(AGE.partial)} ; partiel entre les deux. L’ENT, que son exploitant sauvegarde, n’est pas mesuré ici.`,
  remediation:
    'Ajoutez au plan de sauvegarde les serveurs qui n’y sont pas, puis lancez une sauvegarde à la main aujourd’hui.',
  faults: [
    faultWhen(['backup.server_covered'], (values) =>
      values['backup.server_covered'] < COVERED.partial
        ? `${percent(values['backup.server_covered'])} des serveurs sont sauvegardés.`
        : null,
    ),
    faultWhen(['backup.last_success_age'], (values) =>
      values['backup.last_success_age'] > AGE.partial
        ? `La dernière sauvegarde réussie date de ${duration(values['backup.last_success_age'])}.`
        : null,
    ),
  ],
  evaluate: (values) => {
    const covered = values['backup.server_covered']
    const age = values['backup.last_success_age']
    const verdicts = [verdictOfShare(covered, 1, COVERED), verdictOfCeiling(age, AGE)]
    return outcome(
      verdicts.includes('non_compliant')
        ? 'non_compliant'
        : verdicts.includes('partial')
          ? 'partial'
          : 'compliant',
      `${percent(covered)} des serveurs sont sauvegardés et la dernière sauvegarde réussie date de ${duration(age)}.`,
      [figureOf('backup.server_covered', covered), figureOf('backup.last_success_age', age)],
    )
  },
})
