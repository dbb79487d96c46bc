import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const mcoPar10 = defineCheck({
  requirement: 'MCO-PAR-10',
  version: 1,
  needs: ['parc.dashboard_available'],
  title: 'Tableau de bord du matériel',
  rule: 'Conforme si un tableau de bord du matériel est à la disposition du chef d’établissement ou du directeur d’école ; non conforme sinon.',
  remediation:
    'Ouvrez à la direction la page Parc de l’établissement, ou demandez à l’exploitant le tableau de bord du matériel.',
  evaluate: flagEvaluation('parc.dashboard_available', {
    yes: 'La direction dispose d’un tableau de bord du matériel.',
    no: 'La direction ne dispose d’aucun tableau de bord du matériel.',
  }),
})
