import { defineCheck } from '../../check.ts'
import { figureOf, outcome, verdictOfShare } from '../../outcome.ts'
import { percent } from '../../wording.ts'

/** A recommendation: 10 % leaves room for old devices; below half, there is no common format. */
const FLOORS = { compliant: 0.9, partial: 0.5 }

export const mcoJal1 = defineCheck({
  requirement: 'MCO-JAL-1',
  version: 1,
  needs: ['logs.structured_ratio'],
  title: 'Journaux dans un format commun',
  rule: `Conforme si au moins ${percent(FLOORS.compliant)} des messages suivent le format normalisé ; partiel à partir de ${percent(FLOORS.partial)} ; non conforme en dessous.`,
  remediation:
    'Réglez les équipements qui émettent encore dans leur format propre sur le syslog normalisé (RFC 5424).',
  evaluate: (values) => {
    const ratio = values['logs.structured_ratio']
    return outcome(
      verdictOfShare(ratio, 1, FLOORS),
      `${percent(ratio)} des messages suivent le format normalisé.`,
      [figureOf('logs.structured_ratio', ratio)],
    )
  },
})
