import { defineCheck } from '../../check.ts'
import { figureOf, outcome } from '../../outcome.ts'
import { percent } from '../../wording.ts'

/** Below 90 % of successful probes, incidents are seen but not ended in a time that users accept. */
const LOWEST_SUCCESS = 0.9

export const mcoSei2 = defineCheck({
  requirement: 'MCO-SEI-2',
  needs: ['supervision.alerting', 'supervision.probe_success_ratio'],
  title: 'Incidents détectés et traités',
  rule: `Conforme si des règles d’alerte sont actives et si au moins ${percent(LOWEST_SUCCESS)} des sondes réussissent ; partiel si les alertes sont actives mais que davantage de sondes échouent ; non conforme sans alerte.`,
  remediation:
    'Traitez les sondes en échec de la plus ancienne à la plus récente ; sans règle d’alerte, demandez à l’exploitant de les activer.',
  evaluate: (values) => {
    const alerting = values['supervision.alerting']
    const success = values['supervision.probe_success_ratio']
    const figures = [
      figureOf('supervision.alerting', alerting),
      figureOf('supervision.probe_success_ratio', success),
    ]
    if (!alerting) return outcome('non_compliant', 'Aucune règle d’alerte n’est active.', figures)
    return outcome(
      success >= LOWEST_SUCCESS ? 'compliant' : 'partial',
      `Les alertes sont actives et ${percent(success)} des sondes réussissent.`,
      figures,
    )
  },
})
