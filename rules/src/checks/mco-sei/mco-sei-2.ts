import { defineCheck } from '../../check.ts'
import { figureOf, outcome } from '../../outcome.ts'
import { percent } from '../../wording.ts'

/** Below 90 % of successful probes, incidents are seen but not ended in a time that users accept. */
const LOWEST_SUCCESS = 0.9
/** 2 % of 30 days: about fourteen hours, more than a day of school. */
const LOWEST_AVAILABILITY = 0.98

export const mcoSei2 = defineCheck({
  requirement: 'MCO-SEI-2',
  needs: ['supervision.alerting', 'supervision.probe_success_ratio', 'supervision.availability_30d'],
  title: 'Incidents détectés et traités',
  rule: `Conforme si des règles d’alerte sont actives, si au moins ${percent(LOWEST_SUCCESS)} des sondes réussissent et si, sur 30 jours, chaque service surveillé a répondu au moins ${percent(LOWEST_AVAILABILITY)} du temps ; partiel si les alertes sont actives mais que l’un de ces seuils n’est pas tenu ; non conforme sans alerte.`,
  remediation:
    'Traitez les sondes en échec de la plus ancienne à la plus récente, puis le service le moins disponible ; sans règle d’alerte, demandez à l’exploitant de les activer.',
  evaluate: (values) => {
    const alerting = values['supervision.alerting']
    const success = values['supervision.probe_success_ratio']
    const availability = values['supervision.availability_30d']
    const figures = [
      figureOf('supervision.alerting', alerting),
      figureOf('supervision.probe_success_ratio', success),
      figureOf('supervision.availability_30d', availability),
    ]
    if (!alerting) return outcome('non_compliant', 'Aucune règle d’alerte n’est active.', figures)
    return outcome(
      success >= LOWEST_SUCCESS && availability >= LOWEST_AVAILABILITY ? 'compliant' : 'partial',
      `Les alertes sont actives, ${percent(success)} des sondes réussissent et, sur 30 jours, le service le moins disponible a répondu ${percent(availability)} du temps.`,
      figures,
    )
  },
})
