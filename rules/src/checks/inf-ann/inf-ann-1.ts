import { defineCheck } from '../../check.ts'
import { faultWhen, figureOf, outcome } from '../../outcome.ts'
import { counted } from '../../wording.ts'

export const infAnn1 = defineCheck({
  requirement: 'INF-ANN-1',
  version: 2,
  needs: [
    'auth.login_required',
    'directory.anonymous_bind',
    'directory.accounts',
    'directory.shared_accounts',
  ],
  bounded: [['directory.shared_accounts', 'directory.accounts']],
  title: 'Utilisateurs identifiés avant tout accès',
  rule: 'Conforme si l’accès aux ressources exige une authentification, si l’annuaire porte des comptes et ne se lit pas anonymement, et si aucun compte n’est partagé ; partiel s’il reste des comptes partagés ; non conforme dans les autres cas.',
  remediation:
    'Fermez la lecture anonyme de l’annuaire et remplacez chaque compte partagé par des comptes nominatifs.',
  faults: [
    faultWhen(['auth.login_required'], (values) =>
      values['auth.login_required'] ? null : 'Des ressources s’ouvrent sans authentification.',
    ),
    faultWhen(['directory.anonymous_bind'], (values) =>
      values['directory.anonymous_bind'] ? 'L’annuaire se lit sans s’identifier.' : null,
    ),
  ],
  evaluate: (values) => {
    const loginRequired = values['auth.login_required']
    const anonymous = values['directory.anonymous_bind']
    const accounts = values['directory.accounts']
    const shared = values['directory.shared_accounts']
    const figures = [
      figureOf('auth.login_required', loginRequired),
      figureOf('directory.anonymous_bind', anonymous),
      figureOf('directory.shared_accounts', shared, accounts),
    ]
    if (!loginRequired)
      return outcome('non_compliant', 'Des ressources s’ouvrent sans authentification.', figures)
    if (anonymous) return outcome('non_compliant', 'L’annuaire se lit sans s’identifier.', figures)
    if (accounts < 1)
      return outcome('non_compliant', 'L’annuaire ne porte aucun compte : il n’identifie personne.', figures)
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
