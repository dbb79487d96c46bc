import { defineCheck } from '../../check.ts'
import { figureOf, outcome } from '../../outcome.ts'
import { counted } from '../../wording.ts'

export const infAut10 = defineCheck({
  requirement: 'INF-AUT-10',
  version: 1,
  needs: ['auth.password_cleartext_count'],
  title: 'Aucun mot de passe en clair',
  rule: 'Conforme si aucun mot de passe n’est trouvé en clair dans les systèmes examinés ; non conforme dès le premier. Les listes sur papier échappent à cette mesure.',
  remediation:
    'Supprimez ces mots de passe, changez-les, et confiez ceux d’administration à un coffre chiffré.',
  evaluate: (values) => {
    const found = values['auth.password_cleartext_count']
    const figures = [figureOf('auth.password_cleartext_count', found)]
    if (found === 0)
      return outcome(
        'compliant',
        'Aucun mot de passe n’est conservé en clair dans les systèmes examinés.',
        figures,
      )
    return outcome(
      'non_compliant',
      `${counted(found, 'mot de passe est conservé en clair', 'mots de passe sont conservés en clair')}.`,
      figures,
    )
  },
})
