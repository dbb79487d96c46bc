import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const infAut3 = defineCheck({
  requirement: 'INF-AUT-3',
  version: 1,
  needs: ['auth.sso'],
  title: 'Authentification unique',
  rule: 'Conforme si une authentification unique est en service entre les applications ; non conforme sinon.',
  remediation:
    'Demandez à l’académie le raccordement des applications de l’établissement au guichet d’authentification unique.',
  evaluate: flagEvaluation('auth.sso', {
    yes: 'Une authentification unique est en service.',
    no: 'Aucune authentification unique n’est en service : chaque application demande son mot de passe.',
  }),
})
