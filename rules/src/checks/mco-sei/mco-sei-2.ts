import { defineCheck } from '../../check.ts'
import { RESOLUTION_HOURS } from '../../incidents/delays.ts'
import { faultWhen, figureOf, outcome, type Thresholds, verdictOfShare } from '../../outcome.ts'
import { agree, duration, enumerate, outOf, percent } from '../../wording.ts'

/** Below 90 % of successful probes, incidents are seen but not ended in a time that users accept. */
const LOWEST_SUCCESS = 0.9
/** 2 % of 30 days: about fourteen hours, more than a day of school. */
const LOWEST_AVAILABILITY = 0.98
/** Share of incidents ended within the delays of the CGU. */
const IN_TIME: Thresholds = { compliant: 0.9, partial: 0.7 }

const { critical, warning, info } = RESOLUTION_HOURS
const DELAYS = `${duration(critical)} pour un incident critique, ${duration(warning)} pour un majeur, ${duration(info)} pour un mineur`

export const mcoSei2 = defineCheck({
  requirement: 'MCO-SEI-2',
  version: 2,
  needs: [
    'supervision.alerting',
    'supervision.probe_success_ratio',
    'supervision.availability_30d',
    'incident.due_12m',
    'incident.resolved_in_time_12m',
  ],
  bounded: [['incident.resolved_in_time_12m', 'incident.due_12m']],
  title: 'Incidents détectés et résolus dans les délais',
  rule: `Conforme si des règles d’alerte sont actives, si au moins ${percent(LOWEST_SUCCESS)} des sondes réussissent, si, sur 30 jours, chaque service surveillé a répondu au moins ${percent(LOWEST_AVAILABILITY)} du temps, et si au moins ${percent(IN_TIME.compliant)} des incidents des 12 derniers mois ont été résolus dans le délai (${DELAYS}) ; partiel si l’un de ces seuils n’est pas tenu ; non conforme sans alerte, ou sous ${percent(IN_TIME.partial)} d’incidents résolus à temps. Sans aucun incident en 12 mois, les alertes et les services jugent seuls.`,
  remediation:
    'Confiez chaque incident ouvert à une personne, du plus ancien au plus récent, puis traitez les sondes en échec et le service le moins disponible ; sans règle d’alerte, demandez à l’exploitant de les activer.',
  faults: [
    faultWhen(['supervision.alerting'], (values) =>
      values['supervision.alerting'] ? null : 'Aucune règle d’alerte n’est active.',
    ),
  ],
  evaluate: (values) => {
    const alerting = values['supervision.alerting']
    const success = values['supervision.probe_success_ratio']
    const availability = values['supervision.availability_30d']
    const due = values['incident.due_12m']
    const inTime = values['incident.resolved_in_time_12m']
    const figures = [
      figureOf('incident.resolved_in_time_12m', inTime, due),
      figureOf('supervision.alerting', alerting),
      figureOf('supervision.probe_success_ratio', success),
      figureOf('supervision.availability_30d', availability),
    ]
    if (!alerting) return outcome('non_compliant', 'Aucune règle d’alerte n’est active.', figures)
    const verdict = due === 0 ? 'compliant' : verdictOfShare(inTime, due, IN_TIME)
    const missed = [
      ...(success < LOWEST_SUCCESS ? [`${percent(success)} seulement des sondes réussissent`] : []),
      ...(availability < LOWEST_AVAILABILITY
        ? [`le service le moins disponible n’a répondu que ${percent(availability)} du temps sur 30 jours`]
        : []),
    ]
    const handled =
      due === 0
        ? 'aucun incident n’était à résoudre depuis 12 mois'
        : `${outOf(inTime, due, 'incident', 'incidents')} ${agree(inTime, 'a été résolu', 'ont été résolus')} dans le délai`
    const fact = `Les alertes sont actives et ${handled}`
    return outcome(
      verdict === 'compliant' && missed.length > 0 ? 'partial' : verdict,
      missed.length === 0 ? `${fact}.` : `${fact}, mais ${enumerate(missed)}.`,
      figures,
    )
  },
})
