import { defineCheck } from '../../check.ts'
import { flagEvaluation } from '../../outcome.ts'

export const mcoPar7 = defineCheck({
  requirement: 'MCO-PAR-7',
  version: 1,
  needs: ['parc.loans_tracked'],
  title: 'Prêts de matériel suivis',
  rule: 'Conforme si les prêts de matériel sont suivis dans l’outil de gestion de parc ; non conforme sinon.',
  remediation:
    'Notez chaque prêt dans l’outil de gestion de parc : le matériel, sa sortie et son retour prévu.',
  evaluate: flagEvaluation('parc.loans_tracked', {
    yes: 'Les prêts de matériel sont suivis dans l’outil de gestion de parc.',
    no: 'Les prêts de matériel ne sont pas suivis dans l’outil de gestion de parc.',
  }),
})
