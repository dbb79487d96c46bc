import { defineCheck } from '../../check.ts'
import { faultWhen, figureOf, outcome } from '../../outcome.ts'
import { agree, enumerate, outOf, percent } from '../../wording.ts'

/** Below half of the targets answering, the state shown is that of the probes, not of the school. */
const LOWEST_ANSWERING = 0.5

export const mcoSei1 = defineCheck({
  requirement: 'MCO-SEI-1',
  version: 2,
  needs: [
    'supervision.targets',
    'supervision.targets_up',
    'supervision.disk_metrics',
    'supervision.bandwidth_metrics',
  ],
  bounded: [['supervision.targets_up', 'supervision.targets']],
  title: 'État des services connu en temps réel',
  rule: `Conforme si des équipements sont supervisés, si au moins ${percent(LOWEST_ANSWERING)} répondent, et si disques et débit sont mesurés ; partiel s’il manque une mesure ou si trop peu répondent ; non conforme si rien n’est supervisé.`,
  remediation:
    'Ajoutez à la supervision les équipements muets et les mesures de disque et de débit, en commençant par le serveur et le routeur.',
  faults: [
    faultWhen(['supervision.targets'], (values) =>
      values['supervision.targets'] === 0 ? 'Aucun équipement ni service n’est supervisé.' : null,
    ),
  ],
  evaluate: (values) => {
    const targets = values['supervision.targets']
    const answering = values['supervision.targets_up']
    const disk = values['supervision.disk_metrics']
    const bandwidth = values['supervision.bandwidth_metrics']
    const figures = [
      figureOf('supervision.targets_up', answering, targets),
      figureOf('supervision.disk_metrics', disk),
      figureOf('supervision.bandwidth_metrics', bandwidth),
    ]
    if (targets === 0)
      return outcome('non_compliant', 'Aucun équipement ni service n’est supervisé.', figures)
    const fact = `${outOf(answering, targets, 'équipement ou service supervisé', 'équipements et services supervisés')} ${agree(answering, 'répond', 'répondent')}`
    const unmeasured = [
      ...(disk ? [] : ['l’occupation des disques']),
      ...(bandwidth ? [] : ['le débit du réseau']),
    ]
    if (unmeasured.length > 0)
      return outcome('partial', `${fact}, mais rien ne mesure ${enumerate(unmeasured)}.`, figures)
    return answering < targets * LOWEST_ANSWERING
      ? outcome('partial', `${fact} : l’état remonté est trop incomplet.`, figures)
      : outcome('compliant', `${fact} ; disques et débit sont mesurés.`, figures)
  },
})
