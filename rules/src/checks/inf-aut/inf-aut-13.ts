import { defineCheck } from '../../check.ts'
import { figureOf, outcome, verdictOfShare } from '../../outcome.ts'
import { percent } from '../../wording.ts'

/** Every attempt counts: 1 % only absorbs the edges of the measured window; below 90 % a whole service is silent. */
const FLOORS = { compliant: 0.99, partial: 0.9 }

export const infAut13 = defineCheck({
  requirement: 'INF-AUT-13',
  version: 1,
  needs: ['auth.attempts_logged_ratio'],
  title: 'Tentatives de connexion tracées',
  rule: `Conforme si au moins ${percent(FLOORS.compliant)} des tentatives de connexion, réussies ou non, sont journalisées ; partiel à partir de ${percent(FLOORS.partial)} ; non conforme en dessous.`,
  remediation:
    'Cherchez le service dont les connexions manquent au journal et activez sa trace des succès et des échecs.',
  evaluate: (values) => {
    const ratio = values['auth.attempts_logged_ratio']
    return outcome(
      verdictOfShare(ratio, 1, FLOORS),
      `${percent(ratio)} des tentatives de connexion sont journalisées.`,
      [figureOf('auth.attempts_logged_ratio', ratio)],
    )
  },
})
