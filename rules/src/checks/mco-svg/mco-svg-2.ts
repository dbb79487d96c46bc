import { defineCheck } from '../../check.ts'
import { faultWhen, figureOf, outcome, verdictOfCeiling } from '../../outcome.ts'
import { duration } from '../../wording.ts'

/** Hours between planned backups: every day, or at least every week. */
const CEILINGS = { compliant: 24, partial: 168 }
/** A schedule is kept while the last success is younger than two intervals: one failure is allowed. */
const KEPT_WITHIN_INTERVALS = 2

export const mcoSvg2 = defineCheck({
  requirement: 'MCO-SVG-2',
  version: 2,
  needs: ['backup.schedule_interval', 'backup.last_success_age'],
  title: 'Sauvegardes planifiées, calendrier tenu',
  rule: `Conforme si une sauvegarde est planifiée au moins toutes les ${duration(CEILINGS.compliant)} et si le calendrier est tenu (dernière réussite depuis moins de deux intervalles) ; partiel si le calendrier n’est pas tenu ou pour un intervalle d’au plus ${duration(CEILINGS.partial)} ; non conforme au-delà ou sans planification.`,
  remediation:
    'Écrivez l’échéancier (quoi, quand, quel type) et programmez une sauvegarde chaque nuit dans la solution de sauvegarde.',
  faults: [
    faultWhen(['backup.schedule_interval'], (values) =>
      values['backup.schedule_interval'] === 0 ? 'Aucune sauvegarde n’est planifiée.' : null,
    ),
  ],
  evaluate: (values) => {
    const interval = values['backup.schedule_interval']
    const age = values['backup.last_success_age']
    const figures = [figureOf('backup.schedule_interval', interval), figureOf('backup.last_success_age', age)]
    if (interval === 0) return outcome('non_compliant', 'Aucune sauvegarde n’est planifiée.', figures)
    const planned = verdictOfCeiling(interval, CEILINGS)
    const kept = age <= interval * KEPT_WITHIN_INTERVALS
    return outcome(
      planned === 'compliant' && !kept ? 'partial' : planned,
      kept
        ? `L’intervalle entre deux sauvegardes planifiées est de ${duration(interval)} et le calendrier est tenu.`
        : `L’intervalle entre deux sauvegardes planifiées est de ${duration(interval)}, mais la dernière réussite date de ${duration(age)}.`,
      figures,
    )
  },
})
