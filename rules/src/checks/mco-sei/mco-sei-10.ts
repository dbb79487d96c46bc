import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const mcoSei10 = defineCheck({
  requirement: 'MCO-SEI-10',
  version: 1,
  needs: ['supervision.strong_authentication'],
  title: 'Authentification forte pour la supervision',
  rule: 'Conforme si l’accès aux données de supervision demande une authentification forte ; non conforme sinon.',
  remediation: 'Faites placer la supervision derrière l’authentification forte de l’académie.',
  evaluate: flagEvaluation('supervision.strong_authentication', {
    yes: 'L’accès à la supervision demande une authentification forte.',
    no: 'L’accès à la supervision ne demande pas d’authentification forte.',
  }),
})
