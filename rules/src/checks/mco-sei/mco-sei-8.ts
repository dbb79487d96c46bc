import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const mcoSei8 = defineCheck({
  requirement: 'MCO-SEI-8',
  version: 1,
  needs: ['supervision.aggregated'],
  title: 'Supervision sans donnée nominative',
  rule: 'Conforme si les données de supervision sont agrégées et ne désignent personne ; non conforme sinon.',
  remediation:
    'Faites retirer des sondes les noms, identifiants et adresses ; à défaut, accomplissez les formalités et informez les personnes.',
  evaluate: flagEvaluation('supervision.aggregated', {
    yes: 'Les données de supervision ne désignent personne.',
    no: 'Les données de supervision contiennent des informations nominatives.',
  }),
})
