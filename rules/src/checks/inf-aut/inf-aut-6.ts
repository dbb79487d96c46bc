import { defineCheck } from '../../check.ts'
import { figureOf, outcome } from '../../outcome.ts'
import { counted } from '../../wording.ts'

/** Characters: 12 without other protection, 8 with a lock after failures, as French authorities advise. */
const FLOORS = { compliant: 12, partial: 8 }

export const infAut6 = defineCheck({
  requirement: 'INF-AUT-6',
  version: 1,
  needs: ['auth.password_min_length'],
  title: 'Longueur des mots de passe fixée et appliquée',
  rule: `Conforme si l’annuaire impose au moins ${FLOORS.compliant} caractères ; partiel à partir de ${FLOORS.partial} ; non conforme en dessous. La mesure porte sur la règle appliquée ; son rappel dans les conditions d’utilisation se vérifie à l’audit.`,
  remediation:
    'Écrivez la longueur minimale dans la politique de sécurité, appliquez-la dans l’annuaire et annoncez la date aux utilisateurs.',
  evaluate: (values) => {
    const length = values['auth.password_min_length']
    const figures = [figureOf('auth.password_min_length', length)]
    if (length < 1)
      return outcome('non_compliant', 'Aucune longueur minimale de mot de passe n’est imposée.', figures)
    const verdict =
      length >= FLOORS.compliant ? 'compliant' : length >= FLOORS.partial ? 'partial' : 'non_compliant'
    return outcome(
      verdict,
      `Les mots de passe doivent compter au moins ${counted(length, 'caractère', 'caractères')}.`,
      figures,
    )
  },
})
