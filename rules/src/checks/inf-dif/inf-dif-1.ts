import { defineCheck } from '../../check.ts'
import { faultWhen, figureOf, outcome } from '../../outcome.ts'

export const infDif1 = defineCheck({
  requirement: 'INF-DIF-1',
  version: 1,
  needs: ['display.console_login_required', 'display.console_restricted'],
  title: 'Console d’affichage réservée',
  rule: 'Conforme si la console d’affichage exige une authentification et ne se joint que depuis la zone administrative ; partiel si elle se joint d’ailleurs ; non conforme sans authentification.',
  remediation:
    'Exigez un compte nominatif sur la console d’affichage et faites-la fermer aux réseaux autres que celui de l’administration.',
  faults: [
    faultWhen(['display.console_login_required'], (values) =>
      values['display.console_login_required']
        ? null
        : 'La console d’affichage s’ouvre sans authentification.',
    ),
  ],
  evaluate: (values) => {
    const login = values['display.console_login_required']
    const restricted = values['display.console_restricted']
    const figures = [
      figureOf('display.console_login_required', login),
      figureOf('display.console_restricted', restricted),
    ]
    if (!login)
      return outcome('non_compliant', 'La console d’affichage s’ouvre sans authentification.', figures)
    return restricted
      ? outcome(
          'compliant',
          'La console d’affichage exige une authentification, depuis la seule zone administrative.',
          figures,
        )
      : outcome(
          'partial',
          'La console d’affichage exige une authentification, mais se joint hors de la zone administrative.',
          figures,
        )
  },
})
