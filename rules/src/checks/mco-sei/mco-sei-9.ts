import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const mcoSei9 = defineCheck({
  requirement: 'MCO-SEI-9',
  version: 1,
  needs: ['supervision.access_authenticated'],
  title: 'Accès réservé aux données de supervision',
  rule: 'Conforme si l’accès aux données de supervision est authentifié et réservé aux personnes autorisées ; non conforme sinon.',
  remediation: 'Faites fermer l’accès libre à la supervision et arrêtez la liste des personnes autorisées.',
  evaluate: flagEvaluation('supervision.access_authenticated', {
    yes: 'L’accès aux données de supervision est réservé aux personnes autorisées.',
    no: 'Les données de supervision se lisent sans être autorisé.',
  }),
})
