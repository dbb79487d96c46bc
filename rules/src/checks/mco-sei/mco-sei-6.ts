import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const mcoSei6 = defineCheck({
  requirement: 'MCO-SEI-6',
  version: 1,
  needs: ['supervision.dashboard'],
  title: 'Tableau de bord fourni à l’établissement',
  rule: 'Conforme si un tableau de bord de l’établissement est tenu à jour ; non conforme sinon.',
  remediation:
    'Demandez à l’exploitant le tableau de bord de votre établissement et l’accès de la direction.',
  evaluate: flagEvaluation('supervision.dashboard', {
    yes: 'Un tableau de bord de l’établissement est tenu à jour.',
    no: 'Aucun tableau de bord de l’établissement n’est tenu à jour.',
  }),
})
