import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const infAut2 = defineCheck({
  requirement: 'INF-AUT-2',
  version: 1,
  needs: ['auth.strong_available'],
  title: 'Authentification forte proposée',
  rule: 'Conforme si une authentification forte (clé OTP ou équivalent) est proposée pour les ressources sensibles ; non conforme sinon.',
  remediation:
    'Recensez les personnes qui accèdent à des ressources sensibles et demandez des clés OTP à l’académie.',
  evaluate: flagEvaluation('auth.strong_available', {
    yes: 'Une authentification forte est proposée pour les ressources sensibles.',
    no: 'Aucune authentification forte n’est proposée pour les ressources sensibles.',
  }),
})
