import { defineCheck } from '../../check.ts'
import { faultWhen, figureOf, outcome } from '../../outcome.ts'
import { duration, percent } from '../../wording.ts'

/** Hours since the last success: two days allow one missed night, a week is the most work a school can redo. */
const AGE = { compliant: 48, longest: 168 }
/** Share of successes over 30 days: three missed nights in a month; below half, backup is luck. */
const SUCCESS = { compliant: 0.9, lowest: 0.5 }

export const mcoSvg1 = defineCheck({
  requirement: 'MCO-SVG-1',
  version: 2,
  needs: ['backup.last_success_age', 'backup.success_ratio_30d'],
  title: 'Sauvegardes réussies et récentes',
  rule: `Conforme si la dernière sauvegarde réussie a au plus ${duration(AGE.compliant)} et si au moins ${percent(SUCCESS.compliant)} ont réussi sur 30 jours ; non conforme au-delà de ${duration(AGE.longest)} ou sous ${percent(SUCCESS.lowest)} ; partiel entre les deux.`,
  remediation:
    'Lisez le journal de la dernière sauvegarde manquée, corrigez la cause et lancez une sauvegarde à la main aujourd’hui.',
  faults: [
    faultWhen(['backup.last_success_age'], (values) =>
      values['backup.last_success_age'] > AGE.longest
        ? `La dernière sauvegarde réussie date de ${duration(values['backup.last_success_age'])}.`
        : null,
    ),
    faultWhen(['backup.success_ratio_30d'], (values) =>
      values['backup.success_ratio_30d'] < SUCCESS.lowest
        ? `${percent(values['backup.success_ratio_30d'])} des sauvegardes ont réussi sur 30 jours.`
        : null,
    ),
  ],
  evaluate: (values) => {
    const age = values['backup.last_success_age']
    const success = values['backup.success_ratio_30d']
    const verdict =
      age > AGE.longest || success < SUCCESS.lowest
        ? 'non_compliant'
        : age <= AGE.compliant && success >= SUCCESS.compliant
          ? 'compliant'
          : 'partial'
    return outcome(
      verdict,
      `La dernière sauvegarde réussie date de ${duration(age)} et ${percent(success)} ont réussi sur 30 jours.`,
      [figureOf('backup.last_success_age', age), figureOf('backup.success_ratio_30d', success)],
    )
  },
})
