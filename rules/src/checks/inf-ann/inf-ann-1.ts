import { defineCheck } from '../../check.ts'
import { figureOf, outcome } from '../../outcome.ts'
import { counted } from '../../wording.ts'

export const infAnn1 = defineCheck({
  requirement: 'INF-ANN-1',
  needs: ['auth.login_required', 'directory.anonymous_bind', 'directory.shared_accounts'],
  title: 'Utilisateurs identifiés avant tout accès',
  rule: 'Conforme si l’accès aux ressources exige une authentification, si l’annuaire ne se lit pas anonymement et si aucun compte n’est partagé ; partiel s’il reste des comptes partagés ; non conforme dans les autres cas.',
  remediation:
    'Fermez la lecture anonyme de l’annuaire et remplacez chaque compte partagé par des comptes nominatifs.',
  evaluate: (values) => {
    const loginRequired = values['auth.login_required']
    const anonymous = values['directory.anonymous_bind']
    const shared = values['directory.shared_accounts']
    const figures = [
      figureOf('auth.login_required', loginRequired),
      figureOf('directory.anonymous_bind', anonymous),
      figureOf('directory.shared_accounts', shared),
    ]
    if (!loginRequired)
      return outcome('non_compliant', 'Des ressources s’ouvrent sans authentification.', figures)
    if (anonymous) return outcome('non_compliant', 'L’annuaire se lit sans s’identifier.', figures)
    if (shared > 0)
      return outcome(
        'partial',
        `L’authentification est exigée, mais ${counted(shared, 'compte partagé ne désigne', 'comptes partagés ne désignent')} personne.`,
        figures,
      )
    return outcome(
      'compliant',
      'Chaque utilisateur s’identifie avec son compte avant d’accéder aux ressources.',
      figures,
    )
  },
})
