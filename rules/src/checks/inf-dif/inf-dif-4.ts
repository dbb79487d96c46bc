import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const infDif4 = defineCheck({
  requirement: 'INF-DIF-4',
  version: 1,
  needs: ['display.console_strong'],
  title: 'Authentification forte pour l’affichage',
  rule: 'Conforme si la console d’affichage demande une authentification forte ; non conforme sinon.',
  remediation:
    'Demandez à l’exploitant d’ajouter un second facteur à la console d’affichage, ou de la placer derrière l’authentification de l’académie.',
  evaluate: flagEvaluation('display.console_strong', {
    yes: 'La console d’affichage demande une authentification forte.',
    no: 'La console d’affichage s’ouvre sans authentification forte.',
  }),
})
