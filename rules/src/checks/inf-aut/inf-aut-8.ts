import { defineCheck } from '../../check.ts'
import { figureOf, outcome } from '../../outcome.ts'
import { days } from '../../wording.ts'

/** Days: one renewal per school year is the slowest pace that still is one. */
const LONGEST_PACE = 365

export const infAut8 = defineCheck({
  requirement: 'INF-AUT-8',
  version: 1,
  needs: ['auth.password_max_age'],
  title: 'Rythme de changement des mots de passe',
  rule: `Conforme si un rythme de renouvellement d’au plus ${days(LONGEST_PACE)} est appliqué ; partiel s’il est plus lent ; non conforme si les mots de passe n’expirent jamais.`,
  remediation:
    'Fixez dans la politique de sécurité le rythme de changement des mots de passe et réglez l’annuaire en conséquence.',
  evaluate: (values) => {
    const pace = values['auth.password_max_age']
    const figures = [figureOf('auth.password_max_age', pace)]
    if (pace === 0) return outcome('non_compliant', 'Les mots de passe n’expirent jamais.', figures)
    return outcome(
      pace <= LONGEST_PACE ? 'compliant' : 'partial',
      `Les mots de passe doivent être changés au bout de ${days(pace)}.`,
      figures,
    )
  },
})
